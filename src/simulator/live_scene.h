#pragma once

#include "base/bounded_queue.h"
#include "base/clock.h"
#include "simulator/camera_stream.h"
#include "simulator/encoder.h"
#include "simulator/street_scene.h"

#include <atomic>
#include <functional>

namespace leedswatch::simulator {

/// The threads that draw and encode. A queue that is full drops the work: a picture is late, not the camera.
class Drawers {
public:
    using Work = std::function<void()>;

    explicit Drawers(int threads);
    /// False if there is no room.
    bool tryDo(Work work) { return m_queue.tryPush(std::move(work)); }

private:
    base::BoundedQueue<Work> m_queue{256};
    std::vector<std::jthread> m_threads;
};

/// A drawn camera: both streams from the same drawn pictures, and only while somebody watches one of them. Thread-safe.
class LiveScene final : public Paced, public std::enable_shared_from_this<LiveScene> {
public:
    static constexpr double picturesASecond = 12.5;

    /// All must outlive it, and the work that it gave to `drawers`.
    [[nodiscard]] static base::Result<std::shared_ptr<LiveScene>> create(const SceneDescription& description,
                                                                         const base::Clock& clock, Drawers& drawers,
                                                                         std::shared_ptr<CameraStream> main,
                                                                         std::shared_ptr<CameraStream> sub);

    /// The main stream's size from now on.
    [[nodiscard]] base::Result<void> setSize(cv::Size size);
    /// What the camera sees now, in the main stream's size, as a frame for an encoder.
    [[nodiscard]] FramePointer drawNow();

    [[nodiscard]] base::SteadyTime turn(base::SteadyTime due) override;

private:
    LiveScene(const SceneDescription& description, const base::Clock& clock, Drawers& drawers,
              std::shared_ptr<CameraStream> main, std::shared_ptr<CameraStream> sub);
    void produce(base::SteadyTime due);

    struct Output {
        std::shared_ptr<CameraStream> stream;
        std::unique_ptr<Encoder> encoder;
        int clients = 0;
    };
    void send(Output& output, const cv::Mat& picture, base::SteadyTime due);

    const base::Clock& m_clock;
    Drawers& m_drawers;
    std::atomic<bool> m_isBusy{false};
    std::mutex m_mutex;
    // Guarded by m_mutex.
    SceneDescription m_description;
    StreetScene m_scene;
    Output m_main;
    Output m_sub;
    cv::Mat m_picture;
    cv::Mat m_small;
};

}  // namespace leedswatch::simulator
