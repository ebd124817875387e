#include "alarm/mlr2_port.h"
#include "base/clock.h"
#include "base/hash.h"
#include "line_store.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

// The lines of real receivers and those made by the grammar, over a socket.

namespace leedswatch::tests {
namespace {

std::vector<nlohmann::json> receiverVectors() {
    const char* footage = std::getenv("LEEDSWATCH_FOOTAGE");
    const auto path = std::filesystem::path{footage == nullptr ? "" : footage} / ".." / "vectors" / "mlr2.jsonl";
    std::ifstream file{path};
    std::vector<nlohmann::json> vectors;
    for (std::string line; std::getline(file, line);) {
        vectors.push_back(nlohmann::json::parse(line));
    }
    return vectors;
}

std::string bytesOfVector(const nlohmann::json& vector) {
    const auto bytes = base::fromHex(vector.at("bytes_hex").get<std::string>()).value();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(Mlr2Vectors, AreAnsweredOverASocketAsTheyMustBe) {
    const auto vectors = receiverVectors();
    if (vectors.empty()) {
        GTEST_SKIP() << "../shared/vectors/mlr2.jsonl is not there";
    }
    const base::SystemClock clock;
    LineStore store;
    const auto port = alarm::Mlr2Port::open({.port = 0}, store, clock).value();
    for (const nlohmann::json& vector : vectors) {
        SCOPED_TRACE(vector.at("name").get<std::string>());
        const nlohmann::json& expect = vector.at("expect");
        asio::io_context context;
        asio::ip::tcp::socket socket{context};
        socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port->port())});
        const std::size_t before = store.signals().size();
        asio::write(socket, asio::buffer(bytesOfVector(vector)));
        char answer = 0;
        std::error_code error;
        asio::read(socket, asio::buffer(&answer, 1), error);
        if (expect.at("protocol") == "osborne-hoffman-ip") {
            EXPECT_TRUE(error);  // of another protocol, which is recognised and closed
            continue;
        }
        ASSERT_FALSE(error);
        EXPECT_EQ(answer, '\x06');
        const bool isSignal = !expect.value("heartbeat", false);
        ASSERT_EQ(store.signals().size(), before + (isSignal ? 1U : 0U));
        if (isSignal) {
            EXPECT_EQ(nlohmann::json(store.signals().back().account), expect.at("account"));
        }
    }
}

}  // namespace
}  // namespace leedswatch::tests
