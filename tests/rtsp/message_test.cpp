#include "rtsp/message.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace leedswatch::tests {
namespace {

using namespace std::string_view_literals;
using rtsp::InterleavedFrame;
using rtsp::Message;

void give(rtsp::MessageReader& reader, std::string_view text) {
    while (!text.empty()) {
        const auto room = reader.room();
        const std::size_t count = std::min(room.size(), text.size());
        std::ranges::copy(std::as_bytes(std::span{text}.first(count)), room.begin());
        reader.received(count);
        text.remove_prefix(count);
    }
}

std::optional<Message> nextMessage(rtsp::MessageReader& reader) {
    const auto item = reader.next();
    const auto* message = item ? std::get_if<Message>(&*item) : nullptr;
    return message == nullptr ? std::nullopt : std::optional{*message};
}

TEST(MessageReader, ReadsAnAnswerThatComesLetterByLetter) {
    rtsp::MessageReader reader;
    const std::string text =
        "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\nWWW-Authenticate: a\r\nwww-authenticate: b\r\n\r\nv=0\r\n";
    for (const char letter : text.substr(0, text.size() - 1)) {
        give(reader, std::string_view{&letter, 1});
        ASSERT_FALSE(nextMessage(reader));
    }
    give(reader, "\n");
    const auto message = nextMessage(reader);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->status, 200);
    EXPECT_EQ(message->header("cseq"), "2");
    EXPECT_EQ(message->headers.count("www-authenticate"), 2U);
    EXPECT_EQ(message->body, "v=0\r\n");
}

TEST(MessageReader, TellsFramesRequestsAndAnswersApart) {
    rtsp::MessageReader reader;
    give(reader, "$\1\0\3abc\r\nOPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\nRTSP/1.0 401 No\n\n$\0\0\0"sv);
    const auto first = reader.next();
    ASSERT_TRUE(first && std::holds_alternative<InterleavedFrame>(*first));
    EXPECT_EQ(std::get<InterleavedFrame>(*first).channel, 1U);
    EXPECT_EQ(std::get<InterleavedFrame>(*first).bytes.size(), 3U);
    const auto request = nextMessage(reader);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->status, 0);
    EXPECT_EQ(request->method, "OPTIONS");
    EXPECT_EQ(nextMessage(reader)->status, 401);
    const auto last = reader.next();
    ASSERT_TRUE(last && std::holds_alternative<InterleavedFrame>(*last));
    EXPECT_TRUE(std::get<InterleavedFrame>(*last).bytes.empty());
    EXPECT_TRUE(std::holds_alternative<std::monostate>(*reader.next()));
}

TEST(MessageReader, RefusesWhatIsNoRtsp) {
    for (const char* text : {"HTTP/1.1 200 OK\r\n\r\n", "\x16\x03\x01", "RTSP/1.0 9 x\r\n\r\n",
                             "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
                             "RTSP/1.0 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                             "RTSP/1.0 200 OK\r\nContent-Length: 2000000\r\n\r\n"}) {
        rtsp::MessageReader reader;
        give(reader, text);
        EXPECT_FALSE(reader.next()) << text;
    }
}

TEST(MessageReader, RefusesAHeadWithoutEnd) {
    rtsp::MessageReader reader;
    give(reader, "RTSP/1.0 200 OK\r\n");
    for (int line = 0; line < 2'000; ++line) {
        give(reader, "X-Header: x\r\n");
        if (!reader.next()) {
            return;
        }
    }
    FAIL() << "26 kB of headers were taken";
}

TEST(MessageReader, TakesABodyLargerThanItsBuffer) {
    rtsp::MessageReader reader;
    give(reader, "RTSP/1.0 200 OK\r\nContent-Length: 600000\r\n\r\n");
    const std::string piece(60'000, 'x');
    for (int count = 0; count < 10; ++count) {
        EXPECT_FALSE(nextMessage(reader));
        give(reader, piece);
    }
    const auto message = nextMessage(reader);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->body.size(), 600'000U);
}

}  // namespace
}  // namespace leedswatch::tests
