#include "alarm/contact_id.h"
#include "alarm/dc09_answer.h"
#include "alarm/dc09_content.h"
#include "alarm/dc09_stream.h"
#include "alarm/mlr2_line.h"
#include "alarm/sia_data.h"
#include "base/hash.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

// Frames of real panels and those made by the grammar, with what each must give.

namespace leedswatch::tests {
namespace {

using alarm::Dc09Content;
using alarm::Dc09Frame;
using alarm::Dc09Item;
using alarm::Dc09Refuse;
using nlohmann::json;

std::string bytesFrom(const json& hex) {
    const auto bytes = base::fromHex(hex.get<std::string>()).value();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Vectors : public testing::Test {
protected:
    std::vector<json> read(const char* name) {
        const char* footage = std::getenv("LEEDSWATCH_FOOTAGE");
        const auto path = std::filesystem::path{footage == nullptr ? "" : footage} / ".." / "vectors" / name;
        std::ifstream file{path};
        std::vector<json> vectors;
        for (std::string line; std::getline(file, line);) {
            vectors.push_back(json::parse(line));
        }
        return vectors;
    }
};

void expectText(const std::optional<std::string>& is, const json& expect, const char* field) {
    if (expect.contains(field)) {
        EXPECT_EQ(is ? json(*is) : json(nullptr), expect.at(field)) << field;
    }
}

void expectEvent(const Dc09Frame& frame, const Dc09Content& content, const json& event) {
    const bool isContactId = event.at("format") == "cid";
    const auto codes = isContactId ? alarm::parseContactIdData(content.data) : alarm::parseSiaData(content.data);
    EXPECT_TRUE(codes.isReadable);
    const std::string account = event.at("data_account").is_null() ? "" : event.at("data_account").get<std::string>();
    EXPECT_EQ(codes.account, account);
    if (isContactId) {
        const auto& code = codes.codes.at(0);
        const int qualifier = code.qualifier == alarm::Qualifier::New       ? 1
                              : code.qualifier == alarm::Qualifier::Restore ? 3
                                                                            : 6;
        EXPECT_EQ(json(qualifier), event.at("q"));
        EXPECT_EQ(json(code.code), event.at("code"));
        EXPECT_EQ(json(code.area), event.at("partition"));
        EXPECT_EQ(json(code.address), event.at("zone_or_user"));
        return;
    }
    ASSERT_EQ(codes.codes.size(), event.at("events").size()) << frame.content;
    for (std::size_t i = 0; i < codes.codes.size(); ++i) {
        const auto& code = codes.codes[i];
        const json& expect = event.at("events")[i];
        EXPECT_EQ(json(code.code), expect.at("code"));
        EXPECT_EQ(code.address.empty() ? json(nullptr) : json(code.address), expect.at("address"));
        EXPECT_EQ(code.text, expect.value("text", event.value("ascii_block", "")));
        EXPECT_EQ(code.area, event.value("area", ""));
        EXPECT_EQ(code.user, event.value("user", ""));
        EXPECT_EQ(code.panelTime, event.value("time", ""));
    }
}

void expectContent(const Dc09Frame& frame, const Dc09Content& content, const json& expect) {
    EXPECT_EQ(json(content.data), expect.at("data"));
    EXPECT_EQ(content.timestampText.empty() ? json(nullptr) : json(content.timestampText),
              expect.value("timestamp", json(nullptr)));
    ASSERT_EQ(content.extended.size(), expect.at("ext").size());
    for (std::size_t i = 0; i < content.extended.size(); ++i) {
        EXPECT_EQ(json(std::string{content.extended[i].id}), expect.at("ext")[i][0]);
        EXPECT_EQ(json(content.extended[i].value), expect.at("ext")[i][1]);
    }
    if (expect.contains("event")) {
        expectEvent(frame, content, expect.at("event"));
    }
}

Dc09Content contentOf(const Dc09Frame& frame, const json& vector) {
    const json& expect = vector.at("expect");
    if (!frame.encrypted) {
        return alarm::parseDc09Content(frame.content);
    }
    if (vector.at("key_hex").is_null()) {
        return {};
    }
    const auto key = alarm::PanelKey::of(bytesFrom(vector.at("key_hex"))).value();
    const auto plain = alarm::decryptDc09(frame.content, key);
    const std::string state = plain ? "ok" : plain.error().code == base::ErrorCode::InvalidInput ? "bad_hex" : "failed";
    EXPECT_EQ(json(state), expect.at("decrypt"));
    return plain ? alarm::parseDc09Content(*plain) : Dc09Content{};
}

void expectAnswer(const Dc09Frame& frame, const json& vector) {
    const json reply = vector.at("expect").value("reply", json::object());
    if (reply.value("kind", "") == "ACK" && reply.contains("bytes_hex")) {
        EXPECT_EQ(alarm::acknowledgement(frame), bytesFrom(reply.at("bytes_hex")));
    }
}

void expectFrame(const Dc09Frame& frame, const json& vector) {
    const json& expect = vector.at("expect");
    EXPECT_EQ(json(frame.token), expect.at("token"));
    EXPECT_EQ(json(frame.encrypted), expect.at("encrypted"));
    EXPECT_EQ(json(frame.sequence), expect.at("seq"));
    EXPECT_EQ(frame.crcForm == alarm::CrcForm::Ascii ? "ascii" : "binary", expect.value("crc_format", "ascii"));
    expectText(frame.receiver, expect, "receiver");
    expectText(frame.line, expect, "line");
    expectText(frame.account, expect, "account");
    const Dc09Content content = contentOf(frame, vector);
    if (expect.contains("data")) {
        expectContent(frame, content, expect);
    }
    expectAnswer(frame, vector);
}

std::optional<Dc09Item> firstOf(const json& vector, alarm::Dc09Stream& stream) {
    const std::string bytes = bytesFrom(vector.at("bytes_hex"));
    if (vector.at("transport") == "udp") {
        return alarm::parseDc09Datagram(bytes);
    }
    stream.add(bytes);
    auto item = stream.next();
    if (!item) {
        return stream.giveUpPartial();
    }
    // What stands before the message that counts.
    if (vector.at("expect").value("frames", 0) > 0 && std::holds_alternative<Dc09Refuse>(*item)) {
        return stream.next();
    }
    return item;
}

TEST_F(Vectors, OfDc09AreReadAsTheyMustBe) {
    const auto vectors = read("dc09.jsonl");
    if (vectors.empty()) {
        GTEST_SKIP() << "../shared/vectors/dc09.jsonl is not there";
    }
    for (const json& vector : vectors) {
        SCOPED_TRACE(vector.at("name").get<std::string>());
        const json& expect = vector.at("expect");
        alarm::Dc09Stream stream;
        const auto item = firstOf(vector, stream);
        ASSERT_TRUE(item);
        const bool isGood = !expect.contains("error") || expect.at("error").is_null();
        const auto* frame = std::get_if<Dc09Frame>(&*item);
        ASSERT_EQ(frame != nullptr, isGood);
        if (frame != nullptr) {
            expectFrame(*frame, vector);
            continue;
        }
        // A length that is too long can be told from half a message only when the rest does not come.
        const std::string_view fault = nameOf(std::get<Dc09Refuse>(*item).fault);
        EXPECT_EQ(json(fault == "partial" ? "length" : fault), expect.at("error"));
    }
}

TEST_F(Vectors, OfMlr2AreReadAsTheyMustBe) {
    const auto vectors = read("mlr2.jsonl");
    if (vectors.empty()) {
        GTEST_SKIP() << "../shared/vectors/mlr2.jsonl is not there";
    }
    for (const json& vector : vectors) {
        const json& expect = vector.at("expect");
        if (expect.at("protocol") == "osborne-hoffman-ip") {
            continue;  // of another protocol, which is recognised and not read
        }
        SCOPED_TRACE(vector.at("name").get<std::string>());
        alarm::Mlr2Stream stream;
        stream.add(bytesFrom(vector.at("bytes_hex")));
        const auto line = stream.next();
        ASSERT_TRUE(line);
        if (expect.value("heartbeat", false)) {
            EXPECT_EQ(line->kind, alarm::Mlr2Line::Kind::Heartbeat);
            continue;
        }
        EXPECT_EQ(line->kind, alarm::Mlr2Line::Kind::Signal);
        EXPECT_EQ(json(line->account), expect.at("account"));
        const auto& code = line->codes.codes.at(0);
        if (expect.contains("code")) {
            EXPECT_EQ(json(code.code), expect.at("code"));
        }
        if (expect.contains("zone_or_user")) {
            EXPECT_EQ(json(code.address), expect.at("zone_or_user"));
        }
    }
}

}  // namespace
}  // namespace leedswatch::tests
