#pragma once

#include "base/error.h"
#include "estate/camera.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace leedswatch::station {

/// Why a camera is lost, in a word and a sentence.
struct Loss {
    estate::LossCause cause = estate::LossCause::Network;
    std::string message;
};

/// What the kernel knows of the machines on our own cables (proc(5), /proc/net/arp).
class LinkTable {
public:
    enum class Answer { Unknown, Answers, Silent };

    [[nodiscard]] static LinkTable parse(std::string_view text);
    /// `number` as "10.1.2.3". Unknown for what is not on our cable.
    [[nodiscard]] Answer answerOf(std::string_view number) const;

private:
    std::map<std::string, bool, std::less<>> m_answers;
};

/// Which cameras are live, so that a loss can be judged beside its neighbours: whether a camera has gone alone, from a
/// cable on which others answer, or its whole site. Thread-safe; calls nobody.
class Neighbourhood {
public:
    using ReadTable = std::function<std::string()>;
    [[nodiscard]] static std::string readLinkTable();

    explicit Neighbourhood(ReadTable readTable = readLinkTable) : m_readTable{std::move(readTable)} {}

    /// `host` as "10.1.2.3:554" or a name; empty for a file or a device.
    void isLive(const estate::Camera& camera, const std::string& host);
    [[nodiscard]] Loss isLost(const estate::Camera& camera, const std::string& host, const base::Error& error);
    /// It is not in the station's care any more.
    void forget(estate::CameraId camera);

private:
    struct Member {
        std::string site;
        std::string number;
        bool isLive = false;
    };

    [[nodiscard]] bool isAloneOnItsCable(const std::string& number) const;
    [[nodiscard]] int lostTogether(const std::string& site) const;

    const ReadTable m_readTable;
    mutable std::mutex m_mutex;
    std::map<estate::CameraId, Member> m_members;  // guarded by m_mutex
};

/// What an error of a stream alone means for the people in the room.
[[nodiscard]] estate::LossCause causeOf(const base::Error& error);

}  // namespace leedswatch::station
