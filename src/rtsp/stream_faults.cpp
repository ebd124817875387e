#include "rtsp/stream_faults.h"

#include "rtsp/glib_handle.h"

#include <gst/rtp/rtp.h>

namespace leedswatch::rtsp {
namespace {

using MakerBox = std::shared_ptr<FaultMaker>;

void freeMaker(gpointer box) {
    delete static_cast<MakerBox*>(box);
}

void freeMakerOfClosure(gpointer box, GClosure*) {
    freeMaker(box);
}

/// Seconds in 32.32 bits, as sender reports have it; negative ones wrap as they should.
std::uint64_t asNtp(std::chrono::milliseconds time) {
    return static_cast<std::uint64_t>(time.count() * (std::int64_t{1} << 32) / 1000);
}

}  // namespace

void FaultMaker::set(const StreamFaults& faults) {
    const std::scoped_lock lock{m_mutex};
    m_faults = faults;
    m_heldTime.reset();
}

StreamFaults FaultMaker::now() const {
    const std::scoped_lock lock{m_mutex};
    return m_faults;
}

void FaultMaker::attach(GstRTSPMedia* media, GstElement* payloader) {
    const ObjectHandle<GstPad> pad{gst_element_get_static_pad(payloader, "src")};
    const auto probe =
        +[](GstPad*, GstPadProbeInfo* info, gpointer box) { return (*static_cast<MakerBox*>(box))->spoil(info); };
    gst_pad_add_probe(pad.get(),
                      static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST), probe,
                      new MakerBox{shared_from_this()}, freeMaker);
    // The session that writes the sender reports is there once the media is prepared.
    const auto prepared = +[](GstRTSPMedia* made, gpointer box) {
        for (guint i = 0; i < gst_rtsp_media_n_streams(made); ++i) {
            const ObjectHandle<GObject> session{gst_rtsp_stream_get_rtpsession(gst_rtsp_media_get_stream(made, i))};
            const auto sending = +[](GObject*, GstBuffer* report, gboolean, gpointer maker) -> gboolean {
                (*static_cast<MakerBox*>(maker))->spoilReport(report);
                return FALSE;  // nothing that would have to go at once
            };
            if (session) {
                g_signal_connect_data(session.get(), "on-sending-rtcp", G_CALLBACK(sending),
                                      new MakerBox{*static_cast<MakerBox*>(box)}, freeMakerOfClosure, GConnectFlags{});
            }
        }
    };
    g_signal_connect_data(media, "prepared", G_CALLBACK(prepared), new MakerBox{shared_from_this()}, freeMakerOfClosure,
                          GConnectFlags{});
}

GstPadProbeReturn FaultMaker::spoil(GstPadProbeInfo* info) {
    const StreamFaults faults = now();
    if (!faults.changesPackets()) {
        return GST_PAD_PROBE_OK;
    }
    if ((GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
        GstBuffer* packet = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
        GST_PAD_PROBE_INFO_DATA(info) = packet;
        return spoilPacket(packet, faults) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
    }
    GstBufferList* list = gst_buffer_list_make_writable(GST_PAD_PROBE_INFO_BUFFER_LIST(info));
    GST_PAD_PROBE_INFO_DATA(info) = list;
    for (guint i = 0; i < gst_buffer_list_length(list);) {
        if (spoilPacket(gst_buffer_list_get_writable(list, i), faults)) {
            ++i;
        } else {
            gst_buffer_list_remove(list, i, 1);
        }
    }
    return gst_buffer_list_length(list) > 0 ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

bool FaultMaker::spoilPacket(GstBuffer* packet, const StreamFaults& faults) {
    GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
    if (gst_rtp_buffer_map(packet, GST_MAP_READWRITE, &rtp) == FALSE) {
        return true;
    }
    bool goesOut = true;
    {
        const std::scoped_lock lock{m_mutex};
        ++m_packets;
        goesOut = faults.leftOutOneIn == 0 || m_packets % static_cast<std::uint64_t>(faults.leftOutOneIn) != 0;
        std::uint32_t time = gst_rtp_buffer_get_timestamp(&rtp) + static_cast<std::uint32_t>(faults.timeShift);
        if (faults.timeStands) {
            m_heldTime = m_heldTime.value_or(time);
            time = *m_heldTime;
        }
        gst_rtp_buffer_set_timestamp(&rtp, time);
    }
    gst_rtp_buffer_unmap(&rtp);
    return goesOut;
}

void FaultMaker::spoilReport(GstBuffer* report) const {
    const auto shift = now().clockShift;
    GstRTCPBuffer rtcp = GST_RTCP_BUFFER_INIT;
    if (shift.count() == 0 || gst_rtcp_buffer_map(report, GST_MAP_READWRITE, &rtcp) == FALSE) {
        return;
    }
    GstRTCPPacket packet;
    for (gboolean has = gst_rtcp_buffer_get_first_packet(&rtcp, &packet); has == TRUE;
         has = gst_rtcp_packet_move_to_next(&packet)) {
        if (gst_rtcp_packet_get_type(&packet) != GST_RTCP_TYPE_SR) {
            continue;
        }
        guint32 source = 0;
        guint64 ntp = 0;
        guint32 rtp = 0;
        guint32 packets = 0;
        guint32 octets = 0;
        gst_rtcp_packet_sr_get_sender_info(&packet, &source, &ntp, &rtp, &packets, &octets);
        gst_rtcp_packet_sr_set_sender_info(&packet, source, ntp + asNtp(shift), rtp, packets, octets);
    }
    gst_rtcp_buffer_unmap(&rtcp);
}

}  // namespace leedswatch::rtsp
