#include "rtsp/glib_types.h"

#include "rtsp/glib_handle.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <deque>

namespace leedswatch::rtsp {
namespace {

// The threads: one shared by all media instead of one for each.

struct SharedThreadPool {
    GstRTSPThreadPool parent;
    GstRTSPThread* mediaThread;
};
struct SharedThreadPoolClass {
    GstRTSPThreadPoolClass parent;
};
G_DEFINE_TYPE(SharedThreadPool, shared_thread_pool, GST_TYPE_RTSP_THREAD_POOL)

GstRTSPThread* getThread(GstRTSPThreadPool* base, GstRTSPThreadType type, GstRTSPContext* context) {
    auto* pool = reinterpret_cast<SharedThreadPool*>(base);
    auto* parent = GST_RTSP_THREAD_POOL_CLASS(shared_thread_pool_parent_class);
    if (type != GST_RTSP_THREAD_TYPE_MEDIA) {
        return parent->get_thread(base, type, context);
    }
    if (pool->mediaThread == nullptr) {
        pool->mediaThread = parent->get_thread(base, type, context);
    }
    gst_rtsp_thread_reuse(pool->mediaThread);
    return gst_rtsp_thread_ref(pool->mediaThread);
}

void disposePool(GObject* object) {
    auto* pool = reinterpret_cast<SharedThreadPool*>(object);
    if (pool->mediaThread != nullptr) {
        gst_rtsp_thread_stop(pool->mediaThread);
        pool->mediaThread = nullptr;
    }
    G_OBJECT_CLASS(shared_thread_pool_parent_class)->dispose(object);
}

void shared_thread_pool_init(SharedThreadPool*) {}

void shared_thread_pool_class_init(SharedThreadPoolClass* type) {
    type->parent.get_thread = getThread;
    G_OBJECT_CLASS(type)->dispose = disposePool;
}

// The client.

struct LiveClient {
    GstRTSPClient parent;
};
struct LiveClientClass {
    GstRTSPClientClass parent;
};
struct LiveServer {
    GstRTSPServer parent;
    std::deque<ObjectHandle<GstRTSPClient>>* closed;  // on the server's thread only; the oldest first
};
struct LiveServerClass {
    GstRTSPServerClass parent;
};
G_DEFINE_TYPE(LiveClient, live_client, GST_TYPE_RTSP_CLIENT)
G_DEFINE_TYPE(LiveServer, live_server, GST_TYPE_RTSP_SERVER)

/// Rate control would pace the cached GOP by its time stamps and leave the client that far behind for ever. Turning it
/// off on the media does not hold: each PLAY turns it on again, unless it is asked here.
GstRTSPStatusCode adjustPlayMode(GstRTSPClient*, GstRTSPContext*, GstRTSPTimeRange**, GstSeekFlags*, gdouble*,
                                 GstClockTime*, gboolean* enableRateControl) {
    *enableRateControl = FALSE;
    return GST_RTSP_STS_OK;
}

/// Without rate control sender reports carry no time; but they are how a recorder learns the camera's clock.
GstRTSPStatusCode afterPlay(GstRTSPClient*, GstRTSPContext* context) {
    for (guint i = 0; context->media != nullptr && i < gst_rtsp_media_n_streams(context->media); ++i) {
        // What goes to a group comes back to this machine too: the client may be here.
        const ObjectHandle<GSocket> group{gst_rtsp_stream_get_rtp_multicast_socket(
            gst_rtsp_media_get_stream(context->media, i), G_SOCKET_FAMILY_IPV4)};
        if (group) {
            g_socket_set_multicast_loopback(group.get(), TRUE);
        }
        const ObjectHandle<GObject> session{
            gst_rtsp_stream_get_rtpsession(gst_rtsp_media_get_stream(context->media, i))};
        if (session) {
            g_object_set(session.get(), "disable-sr-timestamp", FALSE, nullptr);
        }
    }
    return GST_RTSP_STS_OK;
}

/// gst-rtsp-server binds a group's ports for itself alone, and a client on the same machine could not bind them too.
/// The client does so after the answer to its SETUP, which this comes before.
gboolean configureTransport(GstRTSPClient* client, GstRTSPContext* context, GstRTSPTransport* transport) {
    auto* parent = GST_RTSP_CLIENT_CLASS(live_client_parent_class);
    const gboolean isDone = parent->configure_client_transport(client, context, transport);
    if (isDone == TRUE && transport->lower_transport == GST_RTSP_LOWER_TRANS_UDP_MCAST && context->stream != nullptr) {
        const ObjectHandle<GSocket> pictures{
            gst_rtsp_stream_get_rtp_multicast_socket(context->stream, G_SOCKET_FAMILY_IPV4)};
        const ObjectHandle<GSocket> reports{
            gst_rtsp_stream_get_rtcp_multicast_socket(context->stream, G_SOCKET_FAMILY_IPV4)};
        for (GSocket* socket : {pictures.get(), reports.get()}) {
            if (socket != nullptr) {
                g_socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1, nullptr);
            }
        }
    }
    return isDone;
}

constexpr const char* serverKey = "leedswatch-server";
constexpr guint lingerMilliseconds = 200;

/// When sending fails, gst-rtsp-server (1.22.0) queues a close of the client without a reference to it; if the
/// connection's end is noticed first, that close comes to a client that is no more. So a closed client lingers.
void clientClosed(GstRTSPClient* client) {
    auto* server = static_cast<LiveServer*>(g_object_get_data(G_OBJECT(client), serverKey));
    if (server == nullptr) {
        return;
    }
    server->closed->emplace_back(static_cast<GstRTSPClient*>(g_object_ref(client)));
    GSource* release = g_timeout_source_new(lingerMilliseconds);
    const auto releaseOldest = +[](gpointer box) -> gboolean {
        auto& closed = *static_cast<LiveServer*>(box)->closed;
        if (!closed.empty()) {
            const auto oldest = std::move(closed.front());
            closed.pop_front();
        }
        return G_SOURCE_REMOVE;
    };
    // Behind everything that is queued at idle priority, that close above all.
    g_source_set_priority(release, G_PRIORITY_LOW);
    g_source_set_callback(release, releaseOldest, server, nullptr);
    g_source_attach(release, g_main_context_get_thread_default());
    g_source_unref(release);
}

void live_client_init(LiveClient*) {}

void live_client_class_init(LiveClientClass* type) {
    type->parent.closed = clientClosed;
    type->parent.adjust_play_mode = adjustPlayMode;
    type->parent.configure_client_transport = configureTransport;
    type->parent.adjust_play_response = afterPlay;
}

// The server.

/// As gst-rtsp-server's own does, with our class of client. Its timer for clients without a session closes them while
/// it holds the client's lock, and so stops the whole server for ever (1.22.0); by default it fires a second after a
/// session has ended. Here it is put off, and closeIdleClients does its work.
GstRTSPClient* createClient(GstRTSPServer* server) {
    auto* client =
        static_cast<GstRTSPClient*>(g_object_new(live_client_get_type(), "post-session-timeout", G_MAXINT, nullptr));
    g_object_set_data(G_OBJECT(client), serverKey, server);
    const ObjectHandle<GstRTSPSessionPool> sessions{gst_rtsp_server_get_session_pool(server)};
    const ObjectHandle<GstRTSPMountPoints> mounts{gst_rtsp_server_get_mount_points(server)};
    const ObjectHandle<GstRTSPAuth> authentication{gst_rtsp_server_get_auth(server)};
    const ObjectHandle<GstRTSPThreadPool> threads{gst_rtsp_server_get_thread_pool(server)};
    gst_rtsp_client_set_session_pool(client, sessions.get());
    gst_rtsp_client_set_mount_points(client, mounts.get());
    gst_rtsp_client_set_auth(client, authentication.get());
    gst_rtsp_client_set_thread_pool(client, threads.get());
    return client;
}

/// A small answer must not wait for the acknowledgement of the one before: that is 40 ms of each call-up.
void clientConnected(GstRTSPServer*, GstRTSPClient* client) {
    GSocket* socket = gst_rtsp_connection_get_read_socket(gst_rtsp_client_get_connection(client));
    if (socket != nullptr) {
        g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, nullptr);
    }
}

void live_server_init(LiveServer* server) {
    server->closed = new std::deque<ObjectHandle<GstRTSPClient>>;
}

void finalizeServer(GObject* object) {
    delete reinterpret_cast<LiveServer*>(object)->closed;
    G_OBJECT_CLASS(live_server_parent_class)->finalize(object);
}

void live_server_class_init(LiveServerClass* type) {
    type->parent.create_client = createClient;
    type->parent.client_connected = clientConnected;
    G_OBJECT_CLASS(type)->finalize = finalizeServer;
}

/// Closes the client at the `rounds`-th visit in a row that finds it without a session.
GstRTSPFilterResult judgeClient(GstRTSPServer*, GstRTSPClient* client, gpointer rounds) {
    constexpr const char* key = "leedswatch-idle-rounds";
    GList* sessions = gst_rtsp_client_session_filter(client, nullptr, nullptr);
    const int idle = sessions != nullptr ? 0 : GPOINTER_TO_INT(g_object_get_data(G_OBJECT(client), key)) + 1;
    g_list_free_full(sessions, g_object_unref);
    g_object_set_data(G_OBJECT(client), key, GINT_TO_POINTER(idle));
    return idle >= GPOINTER_TO_INT(rounds) ? GST_RTSP_FILTER_REMOVE : GST_RTSP_FILTER_KEEP;
}

}  // namespace

void closeIdleClients(GstRTSPServer* server, int rounds) {
    g_list_free_full(gst_rtsp_server_client_filter(server, judgeClient, GINT_TO_POINTER(rounds)), g_object_unref);
}

void closeAllClients(GstRTSPServer* server) {
    const auto remove = [](GstRTSPServer*, GstRTSPClient*, gpointer) { return GST_RTSP_FILTER_REMOVE; };
    g_list_free_full(gst_rtsp_server_client_filter(server, remove, nullptr), g_object_unref);
    while (g_main_context_iteration(g_main_context_get_thread_default(), FALSE) == TRUE) {
    }
    reinterpret_cast<LiveServer*>(server)->closed->clear();
}

GstRTSPServer* makeServer() {
    auto* server = static_cast<GstRTSPServer*>(g_object_new(live_server_get_type(), nullptr));
    const ObjectHandle<GstRTSPThreadPool> threads{
        static_cast<GstRTSPThreadPool*>(g_object_new(shared_thread_pool_get_type(), nullptr))};
    gst_rtsp_thread_pool_set_max_threads(threads.get(), 0);
    gst_rtsp_server_set_thread_pool(server, threads.get());
    return server;
}

}  // namespace leedswatch::rtsp
