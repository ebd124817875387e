#include "alarm/dc09_reader.h"

#include "alarm/contact_id.h"
#include "alarm/dc09_answer.h"
#include "alarm/dc09_content.h"
#include "alarm/sia_data.h"

#include <algorithm>
#include <chrono>

namespace leedswatch::alarm {

namespace {

using Refused = Dc09Outcome::Refused;

// The token of a panel's own answers: they end a conversation, and answering them would begin another.
bool isAnswer(std::string_view token) {
    return token == "ACK" || token == "NAK" || token == "DUH";
}

Dc09Outcome refuse(const Dc09Frame& frame, Refused why) {
    return {.what = {}, .answer = notUnderstood(frame), .refused = why};
}

SignalCodes codesOf(std::string_view token, std::string_view data) {
    return token == "ADM-CID" ? parseContactIdData(data) : parseSiaData(data);
}

ReceivedSignal signalOf(const Dc09Frame& frame, const Dc09Content& content, base::UtcTime now) {
    ReceivedSignal signal;
    signal.received = now;
    signal.protocol = "DC-09";
    signal.raw = frame.raw;
    signal.token = frame.token;
    signal.sequence = frame.sequence;
    signal.receiver = frame.receiver.value_or("");
    signal.line = frame.line.value_or("");
    signal.headerAccount = normalAccount(frame.account.value_or(""));
    signal.wasEncrypted = frame.encrypted;
    signal.data = content.data;
    signal.codes = codesOf(frame.token, content.data);
    signal.account = signal.codes.account.empty() ? signal.headerAccount : normalAccount(signal.codes.account);
    signal.extended = content.extended;
    signal.panelTimestamp = content.timestampText;
    if (content.timestamp) {
        signal.drift = std::chrono::round<std::chrono::seconds>(*content.timestamp - now);
    }
    return signal;
}

}  // namespace

std::string_view nameOf(Refused refused) {
    switch (refused) {
        case Refused::No: return "";
        case Refused::TimeWindow: return "stamped outside the time window";
        case Refused::NoKey: return "encrypted, and the account has no key";
        case Refused::WrongKey: return "encrypted with another key than the account's";
        case Refused::NotWholeBlocks: return "encrypted content that is not whole blocks";
        case Refused::UnknownKind: return "of a kind that is not received here";
    }
    return "";
}

std::string normalAccount(std::string_view account) {
    std::string normal{account};
    std::transform(normal.begin(), normal.end(), normal.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return normal;
}

Dc09Outcome Dc09Reader::read(const Dc09Frame& frame, std::string_view source, base::UtcTime now) const {
    if (isAnswer(frame.token)) {
        return {};
    }
    const auto account = m_book.find(frame.line.value_or(""), normalAccount(frame.account.value_or("")));
    const PanelKey* key = account && account->key ? &*account->key : nullptr;
    std::string plain = frame.content;
    if (frame.encrypted) {
        if (key == nullptr) {
            return refuse(frame, Refused::NoKey);
        }
        auto opened = decryptDc09(frame.content, *key);
        if (!opened) {
            return refuse(frame, opened.error().code == base::ErrorCode::InvalidInput ? Refused::NotWholeBlocks
                                                                                      : Refused::WrongKey);
        }
        plain = *std::move(opened);
    }
    const Dc09Content content = parseDc09Content(plain);
    if (frame.encrypted && !(content.timestamp && isWithinTimeWindow(*content.timestamp, now))) {
        return {.what = {}, .answer = refusalOfTime(frame, now), .refused = Refused::TimeWindow};
    }
    Dc09Outcome outcome;
    outcome.pollInterval = account ? account->pollInterval : std::nullopt;
    outcome.answer = frame.encrypted ? acknowledgement(frame, *key, now) : acknowledgement(frame);
    if (frame.token == "NULL") {
        outcome.what = Supervision{frame.line.value_or(""), normalAccount(frame.account.value_or("")), frame.encrypted,
                                   std::string{source}};
    } else if (frame.token == "SIA-DCS" || frame.token == "ADM-CID") {
        ReceivedSignal signal = signalOf(frame, content, now);
        signal.source = source;
        signal.lacksEncryption = key != nullptr && !frame.encrypted;
        outcome.what = std::move(signal);
    } else if (frame.token != "RSP") {
        return refuse(frame, Refused::UnknownKind);
    }
    return outcome;
}

}  // namespace leedswatch::alarm
