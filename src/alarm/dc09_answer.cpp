#include "alarm/dc09_answer.h"

#include "alarm/dc09_content.h"

namespace leedswatch::alarm {

namespace {

Dc09Frame answerTo(const Dc09Frame& message, const char* token) {
    Dc09Frame answer = message;
    answer.token = token;
    answer.encrypted = false;
    answer.content = "]";
    if (!answer.line) {
        answer.line = "0";
    }
    return answer;
}

}  // namespace

std::string acknowledgement(const Dc09Frame& message) {
    return encodeDc09(answerTo(message, "ACK"));
}

std::string acknowledgement(const Dc09Frame& message, const PanelKey& key, base::UtcTime now) {
    Dc09Frame answer = answerTo(message, "ACK");
    answer.encrypted = true;
    answer.content = encryptDc09("]" + dc09Timestamp(now), key);
    return encodeDc09(answer);
}

std::string refusalOfTime(const Dc09Frame& message, base::UtcTime now) {
    return encodeDc09({.crcForm = message.crcForm,
                       .token = "NAK",
                       .encrypted = false,
                       .sequence = "0000",
                       .receiver = "0",
                       .line = "0",
                       .account = "0",
                       .content = "]" + dc09Timestamp(now)});
}

std::string notUnderstood(const Dc09Frame& message) {
    return encodeDc09(answerTo(message, "DUH"));
}

}  // namespace leedswatch::alarm
