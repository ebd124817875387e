#include "video/multipart_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace leedswatch::tests {
namespace {

using video::MultipartReader;

std::vector<std::string> partsOf(MultipartReader& reader) {
    std::vector<std::string> parts;
    while (const auto part = reader.next()) {
        parts.emplace_back(reinterpret_cast<const char*>(part->data()), part->size());
    }
    return parts;
}

base::Result<void> add(MultipartReader& reader, const std::string& text) {
    return reader.add(std::as_bytes(std::span{text}));
}

MultipartReader readerOf(const std::string& type = "multipart/x-mixed-replace;boundary=cut") {
    return MultipartReader::create(type).value();
}

TEST(MultipartReaderTest, PartsWithALengthComeWholeHoweverTheyAreCut) {
    const std::string text =
        "--cut\r\nContent-Type: image/jpeg\r\nContent-Length: "
        "7\r\n\r\none\n--c\r\n--cut\r\ncontent-length:3\r\n\r\ntwo";
    for (std::size_t size = 1; size <= text.size(); ++size) {
        auto reader = readerOf();
        for (std::size_t at = 0; at < text.size(); at += size) {
            ASSERT_TRUE(add(reader, text.substr(at, size)));
        }
        EXPECT_EQ(partsOf(reader), (std::vector<std::string>{"one\n--c", "two"})) << size;
    }
}

TEST(MultipartReaderTest, APartWithoutALengthEndsAtTheNextBoundary) {
    const std::string text = "--cut\r\n\r\none\r\nmore\r\n--cut\r\n\r\ntwo\n--cut\r\n";
    for (std::size_t size = 1; size <= text.size(); ++size) {
        auto reader = readerOf();
        for (std::size_t at = 0; at < text.size(); at += size) {
            ASSERT_TRUE(add(reader, text.substr(at, size)));
        }
        EXPECT_EQ(partsOf(reader), (std::vector<std::string>{"one\r\nmore", "two"})) << size;
    }
}

TEST(MultipartReaderTest, TheBoundaryIsTakenAsCamerasNameIt) {
    const std::string text = "\r\n--cut \r\nContent-Length: 3\r\n\r\none";
    for (const char* type :
         {"multipart/x-mixed-replace; boundary=--cut", "Multipart/X-Mixed-Replace; charset=x; Boundary=\"cut\"",
          "multipart/x-mixed-replace", "multipart/mixed;boundary=cut"}) {
        auto reader = readerOf(type);
        ASSERT_TRUE(add(reader, text)) << type;
        EXPECT_EQ(partsOf(reader), std::vector<std::string>{"one"}) << type;
    }
}

TEST(MultipartReaderTest, WhatIsNotMultipartIsNamed) {
    const auto single = MultipartReader::create("image/jpeg");
    ASSERT_FALSE(single);
    EXPECT_EQ(single.error().code, base::ErrorCode::Unsupported);
    EXPECT_NE(single.error().message.find("image/jpeg"), std::string::npos);
    EXPECT_FALSE(MultipartReader::create(""));
}

TEST(MultipartReaderTest, NothingGrowsWithoutABound) {
    auto huge = readerOf();
    EXPECT_FALSE(add(huge, "--cut\r\nContent-Length: 99999999999\r\n\r\n"));
    auto headers = readerOf();
    base::Result<void> result = add(headers, "--cut\r\n");
    for (int i = 0; i < 10'000 && result; ++i) {
        result = add(headers, "X-Nothing: " + std::to_string(i) + "\r\n");
    }
    EXPECT_FALSE(result) << "endless headers";
    auto line = readerOf();
    EXPECT_FALSE(add(line, "--cut\r\n" + std::string(MultipartReader::kLargestHeader + 1, 'x')));
    auto noise = readerOf();
    EXPECT_FALSE(add(noise, std::string(MultipartReader::kLargestHeader * 2, '\n'))) << "never a boundary";
    auto body = readerOf();
    ASSERT_TRUE(add(body, "--cut\r\n\r\n"));
    result = {};
    for (int i = 0; i < 20 && result; ++i) {
        result = add(body, std::string(std::size_t{1} << 20U, 'x'));
    }
    EXPECT_FALSE(result) << "a picture without an end";
}

}  // namespace
}  // namespace leedswatch::tests
