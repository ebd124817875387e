#pragma once

#include "rtsp/client_feed.h"
#include "rtsp/mount_sound.h"
#include "rtsp/server.h"
#include "rtsp/stream_faults.h"

#include <atomic>
#include <functional>
#include <optional>

namespace leedswatch::rtsp {

/// Where a server's mounts send to.
struct CarrierChoice {
    Carrier carrier = Carrier::Tcp;
    ObjectHandle<GstRTSPAddressPool> groups;  ///< of Multicast

    [[nodiscard]] static CarrierChoice create(Carrier carrier, int port);
};

/// The mount of this server: holds the pictures of the GOP in hand and one feed for each client.
class StreamMount final : public Mount, public std::enable_shared_from_this<StreamMount> {
public:
    /// `run` brings a function to the server's thread; it does nothing once the server has gone.
    using Run = std::function<void(std::function<void()>)>;

    StreamMount(FirstPictures first, Credentials credentials, Run run);
    ~StreamMount() override;

    void setFormat(const VideoFormat& format) override;
    void push(const AccessUnit& unit) override;
    void passTime(std::int64_t time) override;
    void setSound(const std::optional<SoundFormat>& format) override;
    void pushSound(const AccessUnit& unit) override { m_sound.push(unit); }
    [[nodiscard]] std::string refusal() const override;
    void setCredentials(const Credentials& credentials) override;
    [[nodiscard]] int clients() const override;
    void disconnectClients() override;
    void setFaults(const StreamFaults& faults) override { m_faults->set(faults); }
    void setHanging(bool isHanging) override { m_isHanging = isHanging; }

    [[nodiscard]] Credentials credentials() const;
    /// Known format, nothing against it, and room for one more client.
    [[nodiscard]] bool canServe() const;
    [[nodiscard]] bool isHanging() const { return m_isHanging; }
    /// A factory of gst-rtsp-server that serves this mount, one media for each client.
    [[nodiscard]] static GstRTSPMediaFactory* makeFactory(std::shared_ptr<StreamMount> mount,
                                                          const CarrierChoice& carrier);

private:
    void setLaunchLine(Coding coding);
    void attach(GstRTSPMedia* media);
    void detach(const std::shared_ptr<ClientFeed>& feed);
    [[nodiscard]] bool hasBegunAnew(std::int64_t time);
    void remember(const FormattedUnit& picture);
    void forgetGop();
    void disconnect(std::vector<std::shared_ptr<ClientFeed>> feeds) const;

    const FirstPictures m_first;
    const Run m_run;
    GWeakRef m_factory;  // synchronises itself
    const std::shared_ptr<FaultMaker> m_faults = std::make_shared<FaultMaker>();
    std::atomic<bool> m_isHanging = false;
    MountSound m_sound;  // synchronises itself
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    Credentials m_credentials;
    std::optional<VideoFormat> m_format;
    SharedCaps m_caps;
    std::vector<FormattedUnit> m_gop;  // from the last key frame on; empty until there is one
    std::size_t m_gopBytes = 0;
    bool m_waitsForKey = true;
    std::optional<std::int64_t> m_lastTime;  // the latest there was
    std::string m_refusal;
    std::vector<std::shared_ptr<ClientFeed>> m_feeds;
};

}  // namespace leedswatch::rtsp
