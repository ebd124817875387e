#include "rtsp/server.h"

#include "rtsp/glib_types.h"
#include "rtsp/main_loop.h"
#include "rtsp/mpeg4_payloader.h"
#include "rtsp/payload.h"
#include "rtsp/request_guard.h"
#include "rtsp/stream_mount.h"

#include <map>
#include <thread>

namespace leedswatch::rtsp {
namespace {

constexpr guint cleanupSeconds = 5;
constexpr int idleRounds = 4;
constexpr guint mostSessions = 4096;

base::Result<void> prepareGStreamer() {
    GError* raw = nullptr;
    if (gst_init_check(nullptr, nullptr, &raw) == FALSE) {
        const ErrorHandle error{raw};
        return base::fail(base::ErrorCode::Unsupported,
                          std::string{"GStreamer does not start: "} + (error ? error->message : "no reason given"));
    }
    registerMpeg4Payloader();
    for (const char* name : {"appsrc", "rtpbin", "appsink", payloaderOf(Coding::H264), payloaderOf(Coding::H265),
                             payloaderOf(Coding::Jpeg), payloaderOf(Coding::Mpeg4), payloaderOf(SoundCoding::Aac),
                             payloaderOf(SoundCoding::MuLaw), payloaderOf(SoundCoding::ALaw)}) {
        GstElementFactory* factory = gst_element_factory_find(name);
        if (factory == nullptr) {
            return base::fail(base::ErrorCode::Unsupported,
                              std::string{"GStreamer has no element \""} + name +
                                  "\"; install gstreamer1.0-plugins-base and gstreamer1.0-plugins-good");
        }
        gst_object_unref(factory);
    }
    return {};
}

base::Error errorOfListening(const GError* error, const std::string& where) {
    if (error != nullptr && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
        return {base::ErrorCode::Busy, "the address " + where + " is taken by another program; choose another port"};
    }
    return {base::ErrorCode::InvalidInput,
            "cannot listen at " + where + ": " + (error == nullptr ? "no reason given" : error->message)};
}

class LoopServer final : public Server, public MountLookup {
public:
    explicit LoopServer(const ServerSettings& settings)
        : m_settings{settings}, m_server{makeServer()}, m_points{gst_rtsp_mount_points_new()} {
        const ObjectHandle<GstRTSPAuth> guard{makeRequestGuard(*this, settings.signIn)};
        const ObjectHandle<GstRTSPSessionPool> sessions{gst_rtsp_session_pool_new()};
        gst_rtsp_session_pool_set_max_sessions(sessions.get(), mostSessions);
        gst_rtsp_server_set_auth(m_server.get(), guard.get());
        gst_rtsp_server_set_session_pool(m_server.get(), sessions.get());
        gst_rtsp_server_set_mount_points(m_server.get(), m_points.get());
    }

    ~LoopServer() override;

    [[nodiscard]] base::Result<void> useIdentity();
    [[nodiscard]] base::Result<void> listen(const std::string& address, int port);

    [[nodiscard]] int port() const override { return m_port; }
    [[nodiscard]] std::shared_ptr<Mount> addMount(const std::string& path, FirstPictures first,
                                                  const Credentials& credentials) override;
    void removeMount(const std::string& path) override;

    [[nodiscard]] Credentials credentialsOf(const std::string& path) const override;
    [[nodiscard]] bool canServe(const std::string& path) const override;
    [[nodiscard]] bool isHanging(const std::string& path) const override;

private:
    [[nodiscard]] std::shared_ptr<StreamMount> mountOf(const std::string& path) const;

    const ServerSettings m_settings;
    CarrierChoice m_carrier;  // constant once it listens; after everything that has a group of it
    const ObjectHandle<GstRTSPServer> m_server;
    const ObjectHandle<GstRTSPMountPoints> m_points;
    int m_port = 0;  // constant once it listens
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<StreamMount>> m_mounts;  // guarded by m_mutex
    MainLoop m_loop;
};

base::Result<void> LoopServer::useIdentity() {
    if (m_settings.identity.empty()) {
        return {};
    }
    GError* raw = nullptr;
    const auto size = static_cast<gssize>(m_settings.identity.size());
    const ObjectHandle<GTlsCertificate> certificate{
        g_tls_certificate_new_from_pem(m_settings.identity.c_str(), size, &raw)};
    const ErrorHandle error{raw};
    if (!certificate) {
        return base::fail(base::ErrorCode::InvalidInput, std::string{"the certificate of the server cannot be used: "} +
                                                             (error ? error->message : "no reason given") +
                                                             "; is glib-networking installed?");
    }
    const ObjectHandle<GstRTSPAuth> guard{gst_rtsp_server_get_auth(m_server.get())};
    gst_rtsp_auth_set_tls_certificate(guard.get(), certificate.get());
    return {};
}

base::Result<void> LoopServer::listen(const std::string& address, int port) {
    const std::string where = address + ":" + std::to_string(port);
    gst_rtsp_server_set_address(m_server.get(), address.c_str());
    gst_rtsp_server_set_service(m_server.get(), std::to_string(port).c_str());
    GError* raw = nullptr;
    GSource* accepting = gst_rtsp_server_create_source(m_server.get(), nullptr, &raw);
    const ErrorHandle error{raw};
    if (accepting == nullptr) {
        return base::fail(errorOfListening(error.get(), where));
    }
    m_port = gst_rtsp_server_get_bound_port(m_server.get());
    m_carrier = CarrierChoice::create(m_settings.carrier, m_port);
    m_loop.adopt(accepting);

    GSource* cleaning = g_timeout_source_new_seconds(cleanupSeconds);
    const auto clean = +[](gpointer box) -> gboolean {
        auto* server = static_cast<GstRTSPServer*>(box);
        const ObjectHandle<GstRTSPSessionPool> sessions{gst_rtsp_server_get_session_pool(server)};
        gst_rtsp_session_pool_cleanup(sessions.get());
        closeIdleClients(server, idleRounds);
        return G_SOURCE_CONTINUE;
    };
    g_source_set_callback(cleaning, clean, m_server.get(), nullptr);
    m_loop.adopt(cleaning);
    return {};
}

LoopServer::~LoopServer() {
    m_loop.stopAccepting();
    m_loop.runAndWait([this] { closeAllClients(m_server.get()); });
    m_loop.stop();
}

std::shared_ptr<Mount> LoopServer::addMount(const std::string& path, FirstPictures first,
                                            const Credentials& credentials) {
    removeMount(path);
    auto mount = std::make_shared<StreamMount>(first, credentials, m_loop.runner());
    {
        const std::scoped_lock lock{m_mutex};
        m_mounts[path] = mount;
    }
    gst_rtsp_mount_points_add_factory(m_points.get(), path.c_str(), StreamMount::makeFactory(mount, m_carrier));
    return mount;
}

void LoopServer::removeMount(const std::string& path) {
    std::shared_ptr<StreamMount> mount;
    {
        const std::scoped_lock lock{m_mutex};
        const auto found = m_mounts.find(path);
        if (found == m_mounts.end()) {
            return;
        }
        mount = std::move(found->second);
        m_mounts.erase(found);
    }
    gst_rtsp_mount_points_remove_factory(m_points.get(), path.c_str());
    mount->disconnectClients();
}

Credentials LoopServer::credentialsOf(const std::string& path) const {
    const auto mount = mountOf(path);
    return mount ? mount->credentials() : Credentials{};
}

bool LoopServer::canServe(const std::string& path) const {
    const auto mount = mountOf(path);
    return !mount || mount->canServe();
}

bool LoopServer::isHanging(const std::string& path) const {
    const auto mount = mountOf(path);
    return mount && mount->isHanging();
}

/// Requests name a stream of the mount too: "/cameras/12/main/stream=0".
std::shared_ptr<StreamMount> LoopServer::mountOf(const std::string& path) const {
    const std::scoped_lock lock{m_mutex};
    for (std::string prefix = path; !prefix.empty(); prefix.resize(prefix.rfind('/'))) {
        if (const auto found = m_mounts.find(prefix); found != m_mounts.end()) {
            return found->second;
        }
        if (prefix.rfind('/') == std::string::npos) {
            break;
        }
    }
    return nullptr;
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(const std::string& address, int port,
                                                    const ServerSettings& settings) {
    TRY(prepareGStreamer());
    auto server = std::make_unique<LoopServer>(settings);
    TRY(server->useIdentity());
    TRY(server->listen(address, port));
    return server;
}

}  // namespace leedswatch::rtsp
