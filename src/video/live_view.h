#pragma once

#include "base/latest_slot.h"
#include "video/decoded_picture.h"
#include "video/frame.h"
#include "video/full_picture.h"
#include "video/hardware_decoding.h"
#include "video/liveness.h"
#include "video/picture_scaler.h"
#include "video/relay_address.h"
#include "video/rtsp_source.h"
#include "video/stream_meter.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace leedswatch::video {

/// What is known of a view at one moment.
struct LiveStatus {
    LiveVerdict verdict;
    std::optional<base::Error> problem;  ///< why the newest attempt failed; none while pictures come
    int sourceWidth = 0;
    int sourceHeight = 0;
    std::int64_t pictures = 0;                ///< decoded and whole
    std::int64_t refused = 0;                 ///< packets without a picture to be trusted
    std::string_view decodedBy = "software";  ///< or the kind of graphics device: "VAAPI", "CUDA"
    int connections = 0;
    std::optional<std::chrono::milliseconds> firstPictureAfter;  ///< from the making of the view to its first picture
};

/// One live stream, from its address to pictures that can be painted. A thread of its own connects, decodes, judges and
/// scales, and wakes the reader for a new picture or a new state; it connects again by itself, at first at once and
/// then at growing intervals up to two seconds. Thread-safe. The destructor waits for the thread, at most 100 ms when
/// it is in the middle of connecting; who cannot wait calls `requestStop` first and destroys later.
class LiveView {
public:
    /// Asked before each attempt, on the view's thread: a station that was started anew has another port.
    using AddressSource = std::function<base::Result<StreamAddress>()>;

    /// `wake` is called on the view's thread, or on the one of `presentAgain`; it must not block and may be called
    /// often. `hardware` is the camera's, shared by all views of it. The clock must outlive the view.
    LiveView(const base::Clock& clock, AddressSource address, Presentation presentation, std::function<void()> wake,
             std::shared_ptr<HardwareExperience> hardware = std::make_shared<HardwareExperience>());
    ~LiveView();
    LiveView(const LiveView&) = delete;
    LiveView& operator=(const LiveView&) = delete;

    /// From the next picture on. Without a mask no picture is given out at all.
    void setPresentation(Presentation presentation);
    /// Makes the newest picture anew as it is wanted now: for one that no other follows. Takes as long as scaling it.
    void presentAgain();
    /// The newest picture; null before the first. It is live only if `status` says so, and how it was made it says
    /// itself: one that was on its way when the presentation was changed is made as it was wanted before.
    [[nodiscard]] std::shared_ptr<const Frame> takePicture();
    /// The newest picture as it was decoded, but for what `mask` hides. Errors: NotFound (none yet), NotPermitted (no
    /// mask), Unsupported. Takes as long as converting it.
    [[nodiscard]] base::Result<FullPicture> fullPicture(const std::shared_ptr<const PrivacyMask>& mask) const;
    [[nodiscard]] LiveStatus status() const;
    /// Whether `measure` is asked for; measuring begins anew. Off at first.
    void setMeasured(bool measured);
    /// Nothing while it is off, or not known yet.
    [[nodiscard]] std::optional<StreamMeasure> measure() const;
    /// Returns at once.
    void requestStop();

private:
    class Session;

    /// A picture that may be shown, as it came out of the decoder.
    struct Newest {
        DecodedPicture picture;
        base::UtcTime wallTime{};
        base::SteadyTime arrivedAt{};
        base::SteadyTime decodedAt{};
        std::int64_t number = 0;
    };

    [[nodiscard]] base::Result<void> show(Newest newest);
    [[nodiscard]] base::Result<void> present();
    void run(const std::stop_token& stop);
    [[nodiscard]] base::Error runOnce(const std::stop_token& stop);
    void attemptEnded(const base::Error& error, bool wasConnected);
    void waitBeforeRetry(std::chrono::milliseconds delay, const std::stop_token& stop);

    const base::Clock& m_clock;
    const AddressSource m_address;
    const std::function<void()> m_wake;
    const base::SteadyTime m_madeAt;
    HardwareDecoding m_hardware;  ///< of the view's thread
    base::LatestSlot<Frame> m_slot;

    mutable std::mutex m_pictureMutex;
    // Guarded by m_pictureMutex.
    Presentation m_presentation;
    Newest m_newest;
    PictureScaler m_scaler;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_retry;
    // Guarded by m_mutex.
    Liveness m_liveness;
    LiveStatus m_status;
    std::optional<StreamMeter> m_meter;  ///< while somebody wants to know

    std::jthread m_thread;
};

/// The address of a camera's stream at the station of this data folder, read anew at each call.
[[nodiscard]] LiveView::AddressSource relayAddressSource(std::filesystem::path dataFolder, int cameraNumber,
                                                         StreamKind kind);

}  // namespace leedswatch::video
