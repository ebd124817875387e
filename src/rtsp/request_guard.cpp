#include "rtsp/request_guard.h"

#include "base/hash.h"
#include "rtsp/digest.h"

namespace leedswatch::rtsp {
namespace {

struct RequestGuard {
    GstRTSPAuth parent;
    const MountLookup* lookup;
    SignIn signIn;
};
struct RequestGuardClass {
    GstRTSPAuthClass parent;
};
G_DEFINE_TYPE(RequestGuard, request_guard, GST_TYPE_RTSP_AUTH)

/// One nonce for each connection: an answer that was overheard is of no use on another one.
std::string nonceOf(GstRTSPClient* client) {
    constexpr const char* key = "leedswatch-nonce";
    if (const void* known = g_object_get_data(G_OBJECT(client), key)) {
        return static_cast<const char*>(known);
    }
    const std::string nonce = base::toHex(base::randomBytes(16));
    g_object_set_data_full(G_OBJECT(client), key, g_strdup(nonce.c_str()), g_free);
    return nonce;
}

void begin(const GstRTSPContext& context, GstRTSPStatusCode status) {
    gst_rtsp_message_init_response(context.response, status, gst_rtsp_status_as_text(status), context.request);
}

void send(const GstRTSPContext& context) {
    gst_rtsp_client_send_message(context.client, context.session, context.response);
}

gboolean check(GstRTSPAuth* base, GstRTSPContext* context, const gchar* what) {
    // A new connection is given its certificate there, if the server has one.
    if (g_strcmp0(what, GST_RTSP_AUTH_CHECK_CONNECT) == 0) {
        return GST_RTSP_AUTH_CLASS(request_guard_parent_class)->check(base, context, what);
    }
    // Every request passes the check of its address; the finer ones that gst-rtsp-server knows come after it.
    if (g_strcmp0(what, GST_RTSP_AUTH_CHECK_URL) != 0 || context->uri == nullptr) {
        return TRUE;
    }
    const auto& guard = *reinterpret_cast<RequestGuard*>(base);
    const MountLookup& lookup = *guard.lookup;
    const std::string path = context->uri->abspath;
    if (lookup.isHanging(path)) {
        return FALSE;  // and nothing is sent
    }
    if (context->method == GST_RTSP_OPTIONS) {
        return TRUE;
    }
    const Credentials credentials = lookup.credentialsOf(path);
    if (!credentials.isOpen()) {
        const std::string nonce = nonceOf(context->client);
        const Proof proof = proofOf(*context, guard.signIn, credentials, nonce);
        if (proof != Proof::Right) {
            begin(*context, GST_RTSP_STS_UNAUTHORIZED);
            gst_rtsp_message_add_header(context->response, GST_RTSP_HDR_WWW_AUTHENTICATE,
                                        challengeFor(guard.signIn, nonce, proof).c_str());
            send(*context);
            return FALSE;
        }
    }
    if (context->method == GST_RTSP_DESCRIBE && !lookup.canServe(path)) {
        begin(*context, GST_RTSP_STS_SERVICE_UNAVAILABLE);
        send(*context);
        return FALSE;
    }
    return TRUE;
}

void request_guard_init(RequestGuard*) {}

void request_guard_class_init(RequestGuardClass* type) {
    type->parent.check = check;
}

}  // namespace

GstRTSPAuth* makeRequestGuard(const MountLookup& lookup, SignIn signIn) {
    auto* guard = static_cast<RequestGuard*>(g_object_new(request_guard_get_type(), nullptr));
    guard->lookup = &lookup;
    guard->signIn = signIn;
    return GST_RTSP_AUTH(guard);
}

}  // namespace leedswatch::rtsp
