#pragma once

#include "simulator/camera_stream.h"
#include "simulator/tone.h"

namespace leedswatch::simulator {

/// Sends a camera's tone in step with the clock of its pictures: each piece once its last sample would have been heard.
class Microphone final : public Paced {
public:
    /// `begin`: the zero of the stream's time.
    Microphone(std::shared_ptr<CameraStream> stream, SharedTone tone, base::SteadyTime begin)
        : m_stream{std::move(stream)}, m_tone{std::move(tone)}, m_begin{begin} {}

    [[nodiscard]] base::SteadyTime turn(base::SteadyTime due) override;

private:
    const std::shared_ptr<CameraStream> m_stream;
    const SharedTone m_tone;
    const base::SteadyTime m_begin;
};

}  // namespace leedswatch::simulator
