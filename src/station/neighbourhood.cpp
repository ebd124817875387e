#include "station/neighbourhood.h"

#include "network/host.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace leedswatch::station {
namespace {

// Two cameras may be lost together by chance.
constexpr int kFewestOfASite = 3;

/// "10.1.2." of "10.1.2.3": who shares it is likely on the same cable. Empty if it is not such a number.
std::string networkOf(const std::string& number) {
    const bool isNumber =
        number.find_first_not_of("0123456789.") == std::string::npos && std::ranges::count(number, '.') == 3;
    return isNumber ? number.substr(0, number.rfind('.') + 1) : "";
}

std::string nameOf(const std::string& host) {
    const auto read = network::Host::parse(host, 1);
    return read ? read->name : host;
}

/// Nothing was heard at all: not even that the port is closed.
bool isSilence(const base::Error& error) {
    return error.code == base::ErrorCode::Unreachable || error.code == base::ErrorCode::TimedOut ||
           error.code == base::ErrorCode::Disconnected;
}

}  // namespace

LinkTable LinkTable::parse(std::string_view text) {
    LinkTable table;
    std::istringstream lines{std::string{text}};
    std::string line;
    std::getline(lines, line);  // the headings
    while (std::getline(lines, line)) {
        std::istringstream words{line};
        std::string number;
        std::string type;
        std::string flags;
        if (words >> number >> type >> flags) {
            // ATF_COM, "completed entry": the machine told its hardware address.
            table.m_answers[number] = flags != "0x0";
        }
    }
    return table;
}

LinkTable::Answer LinkTable::answerOf(std::string_view number) const {
    const auto found = m_answers.find(number);
    return found == m_answers.end() ? Answer::Unknown : found->second ? Answer::Answers : Answer::Silent;
}

std::string Neighbourhood::readLinkTable() {
    const std::ifstream file{"/proc/net/arp"};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void Neighbourhood::isLive(const estate::Camera& camera, const std::string& host) {
    const std::scoped_lock lock{m_mutex};
    m_members[camera.id] = {camera.site, nameOf(host), true};
}

void Neighbourhood::forget(estate::CameraId camera) {
    const std::scoped_lock lock{m_mutex};
    m_members.erase(camera);
}

Loss Neighbourhood::isLost(const estate::Camera& camera, const std::string& host, const base::Error& error) {
    const std::string number = nameOf(host);
    Loss loss{causeOf(error), error.message};
    const bool mayBePower = isSilence(error) && !networkOf(number).empty();
    const auto answer = mayBePower ? LinkTable::parse(m_readTable()).answerOf(number) : LinkTable::Answer::Unknown;
    const std::scoped_lock lock{m_mutex};
    m_members[camera.id] = {camera.site, number, false};
    if (answer == LinkTable::Answer::Silent && isAloneOnItsCable(number)) {
        return {estate::LossCause::Power, "nothing has the number " + number +
                                              " any more, while its neighbours answer; check the camera's power, then "
                                              "its cable"};
    }
    if (const int lost = isSilence(error) ? lostTogether(camera.site) : 0; lost > 0) {
        loss.message += ". All " + std::to_string(lost) + " cameras of " + camera.site +
                        " are lost: look at its power and its network first";
    }
    return loss;
}

bool Neighbourhood::isAloneOnItsCable(const std::string& number) const {
    return std::ranges::any_of(m_members, [network = networkOf(number)](const auto& member) {
        return member.second.isLive && networkOf(member.second.number) == network;
    });
}

int Neighbourhood::lostTogether(const std::string& site) const {
    int lost = 0;
    for (const auto& [camera, member] : m_members) {
        if (member.site == site && member.isLive) {
            return 0;
        }
        lost += member.site == site ? 1 : 0;
    }
    return site.empty() || lost < kFewestOfASite ? 0 : lost;
}

estate::LossCause causeOf(const base::Error& error) {
    switch (error.code) {
        case base::ErrorCode::SignInFailed:
        case base::ErrorCode::NotPermitted: return estate::LossCause::Authentication;
        case base::ErrorCode::NotFound:
        case base::ErrorCode::InvalidInput: return estate::LossCause::Refused;
        case base::ErrorCode::Unsupported:
        case base::ErrorCode::Damaged: return estate::LossCause::Codec;
        case base::ErrorCode::StorageFull:
        case base::ErrorCode::StorageFailed: return estate::LossCause::Storage;
        case base::ErrorCode::AlreadyExists:
        case base::ErrorCode::Unreachable:
        case base::ErrorCode::TimedOut:
        case base::ErrorCode::Disconnected:
        case base::ErrorCode::Busy:
        case base::ErrorCode::NewerVersion:
        case base::ErrorCode::Cancelled:
        case base::ErrorCode::Internal: return estate::LossCause::Network;
    }
    return estate::LossCause::Network;
}

}  // namespace leedswatch::station
