#include "station/relay_feed.h"

namespace leedswatch::station {

void RelayFeed::push(const video::Packet& packet) {
    if (m_relay == nullptr || (!m_mount && !packet.isKey)) {
        return;
    }
    if (!m_mount) {
        m_mount = m_relay->server.addMount(m_path, rtsp::FirstPictures::CurrentGop, m_relay->credentials);
    }
    if (packet.format != m_format) {
        m_format = packet.format;
        m_mount->setFormat({m_format->record, m_format->width, m_format->height});
    }
    m_mount->push({packet.bytes, packet.time, packet.isKey});
}

void RelayFeed::endSession() {
    if (m_mount) {
        m_relay->server.removeMount(m_path);
        m_mount.reset();
        m_format.reset();
    }
}

}  // namespace leedswatch::station
