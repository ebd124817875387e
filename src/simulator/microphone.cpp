#include "simulator/microphone.h"

namespace leedswatch::simulator {

base::SteadyTime Microphone::turn(base::SteadyTime due) {
    const std::int64_t rate = m_tone->format.sampleRate;
    // To the nearest: turns are pieces that were turned into the steady clock's unit.
    const double pieces = std::chrono::duration<double>(due - m_begin).count() * static_cast<double>(rate) /
                          static_cast<double>(m_tone->samples);
    const auto ended = static_cast<std::int64_t>(pieces + 0.5);
    if (ended > 0) {
        const auto& bytes = m_tone->pieces[static_cast<std::size_t>(ended - 1) % m_tone->pieces.size()];
        m_stream->pushSound({bytes, (ended - 1) * m_tone->samples * ticksASecond / rate, true});
    }
    const std::chrono::nanoseconds next{(ended + 1) * m_tone->samples * 1'000'000'000 / rate};
    return m_begin + std::chrono::duration_cast<base::SteadyTime::duration>(next);
}

}  // namespace leedswatch::simulator
