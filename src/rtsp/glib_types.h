#pragma once

#include <gst/rtsp-server/rtsp-server.h>

// Where gst-rtsp-server asks to be subclassed: its own behaviour would pace, or block, what must go out at once.

namespace leedswatch::rtsp {

/// A server whose clients send as fast as they are given, with one thread for all connections and one for all media.
/// The caller owns the reference.
[[nodiscard]] GstRTSPServer* makeServer();

/// To be called at intervals on the server's thread: closes connections that had no session at `rounds` calls in a row.
/// All of it must be well under 60 s, when gst-rtsp-server's own timer would go off.
void closeIdleClients(GstRTSPServer* server, int rounds);

/// On the server's thread, as the last thing there: nothing of any client is left after it.
void closeAllClients(GstRTSPServer* server);

}  // namespace leedswatch::rtsp
