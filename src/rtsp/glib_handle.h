#pragma once

#include <gst/gst.h>

#include <memory>

// Ownership of GLib's and GStreamer's reference-counted things, in one place.

namespace leedswatch::rtsp {

struct ObjectUnref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using ObjectHandle = std::unique_ptr<T, ObjectUnref>;

struct StringFree {
    void operator()(gchar* text) const { g_free(text); }
};
using StringHandle = std::unique_ptr<gchar, StringFree>;

struct ErrorFree {
    void operator()(GError* error) const { g_error_free(error); }
};
using ErrorHandle = std::unique_ptr<GError, ErrorFree>;

/// Caps are immutable once made and shared by every client of a mount.
using SharedCaps = std::shared_ptr<GstCaps>;

[[nodiscard]] inline SharedCaps shareCaps(GstCaps* caps) {
    return {caps, [](GstCaps* owned) { gst_caps_unref(owned); }};
}

}  // namespace leedswatch::rtsp
