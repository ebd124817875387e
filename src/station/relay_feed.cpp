#include "station/relay_feed.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {
namespace {

rtsp::Coding codingOf(video::VideoCodec codec) {
    switch (codec) {
        case video::VideoCodec::H264: return rtsp::Coding::H264;
        case video::VideoCodec::H265: return rtsp::Coding::H265;
        case video::VideoCodec::Mjpeg: return rtsp::Coding::Jpeg;
        case video::VideoCodec::Mpeg4: return rtsp::Coding::Mpeg4;
    }
    return rtsp::Coding::H264;
}

}  // namespace

void RelayFeed::push(const video::Packet& packet) {
    if (m_relay == nullptr || (!m_mount && !packet.isKey)) {
        return;
    }
    if (!m_mount) {
        m_mount = m_relay->server.addMount(m_path, rtsp::FirstPictures::CurrentGop, m_relay->credentials);
    }
    // With a key picture only: parameter sets that come in between are in the pictures themselves.
    if (packet.isKey && packet.format != m_format) {
        m_format = packet.format;
        m_mount->setFormat({m_format->record, m_format->width, m_format->height, codingOf(m_format->codec)});
    }
    m_mount->push({packet.bytes, packet.time, packet.isKey});
    noteRefusal();
}

void RelayFeed::noteRefusal() {
    std::string refusal = m_format->codec == video::VideoCodec::Mjpeg ? m_mount->refusal() : "";
    if (refusal != m_refusal && !refusal.empty()) {
        spdlog::warn("{} is recorded and cannot be watched live: {}", m_path, refusal);
    }
    m_refusal = std::move(refusal);
}

void RelayFeed::endSession() {
    if (m_mount) {
        m_relay->server.removeMount(m_path);
        m_mount.reset();
        m_format.reset();
        m_refusal.clear();
    }
}

}  // namespace leedswatch::station
