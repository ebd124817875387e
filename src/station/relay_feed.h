#pragma once

#include "rtsp/server.h"
#include "video/packet.h"

#include <memory>
#include <string>

namespace leedswatch::station {

/// Where a station relays to.
struct Relay {
    rtsp::Server& server;
    rtsp::Credentials credentials;
};

/// Hands a stream's packets to its path on the relay; the bytes are shared with the recorder. The path is there only
/// while the stream is: a desk that comes later must not be given a kept GOP of a camera that has gone. One thread.
class RelayFeed {
public:
    /// Without a relay it does nothing.
    RelayFeed(const Relay* relay, std::string path) : m_relay{relay}, m_path{std::move(path)} {}
    ~RelayFeed() { endSession(); }
    RelayFeed(const RelayFeed&) = delete;
    RelayFeed& operator=(const RelayFeed&) = delete;

    void push(const video::Packet& packet);
    void endSession();
    /// Why what is pushed cannot be watched live (of JPEG, RTP carries not everything); empty while it can.
    [[nodiscard]] const std::string& refusal() const { return m_refusal; }

private:
    void noteRefusal();

    const Relay* m_relay;
    const std::string m_path;
    std::shared_ptr<rtsp::Mount> m_mount;
    std::shared_ptr<const video::StreamFormat> m_format;
    std::string m_refusal;
};

}  // namespace leedswatch::station
