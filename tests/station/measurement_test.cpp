#include "estate/camera_registry.h"
#include "station/stream_meter.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/test_stream.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

class MeasurementTest : public testing::Test {
protected:
    MeasurementTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        estate::CameraRegistry cameras{*m_database};
        EXPECT_TRUE(cameras.importCsv(access::Acting::commandLine(), "number,name,main_url\n7,Road,rtsp://h/7\n"));
        m_camera = cameras.find(7)->id;
        m_store = std::make_unique<estate::StreamMeasurements>(*m_database);
    }

    /// Of a board that writes when it goes.
    template <typename Work>
    void withBoard(Work work) {
        station::MeasurementBoard board{*m_store, m_clock, 1h};
        work(board);
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<estate::StreamMeasurements> m_store;
    estate::CameraId m_camera;
};

TEST_F(MeasurementTest, AStreamIsCountedOverItsSessionsAndItsRatesAreThoseOfTenSeconds) {
    withBoard([&](auto& board) {
        station::StreamMeter meter{m_camera, false, m_clock, board};
        const auto pictures = makePackets({}, 260, m_clock.now(), m_clock.steadyNow());
        for (int session = 0; session < 3; ++session) {
            video::SourceReport report{"udp", 0, {}, std::nullopt};
            meter.report(report);
            for (int i = 0; i < 260; ++i) {
                auto packet = pictures[static_cast<std::size_t>(i)];
                m_clock.advance(40ms);
                packet.arrivedAt = m_clock.steadyNow();
                meter.picture(packet);
            }
            report.lostPackets = 4;
            report.mended.leaping = 2;
            meter.report(report);
            meter.sessionEnded();
        }
    });
    const auto streams = m_store->streams().value();
    ASSERT_EQ(streams.size(), 1U);
    const auto& stream = streams.front();
    EXPECT_EQ(stream.codec, "h264");
    EXPECT_EQ(stream.width, 176);
    EXPECT_EQ(stream.carrier, "udp");
    EXPECT_EQ(stream.pictures, 780);
    EXPECT_EQ(stream.reconnections, 2);
    EXPECT_EQ(stream.lostPackets, 12);
    EXPECT_EQ(stream.mended.leaping, 6);
    EXPECT_EQ(stream.bitsPerSecond, 0) << "nothing comes any more";
}

TEST_F(MeasurementTest, WhileItRunsTheRatesAreThere) {
    withBoard([&](auto& board) {
        station::StreamMeter meter{m_camera, true, m_clock, board};
        meter.report({"tcp", std::nullopt, {}, std::nullopt});
        for (auto packet : makePackets({}, 251, m_clock.now(), m_clock.steadyNow())) {
            m_clock.advance(40ms);
            packet.arrivedAt = m_clock.steadyNow();
            meter.picture(packet);
        }
    });
    const auto stream = m_store->streams().value().at(0);
    EXPECT_TRUE(stream.isSub);
    EXPECT_EQ(stream.milliPicturesPerSecond, 25'000);
    EXPECT_GT(stream.bitsPerSecond, 1'000);
    EXPECT_FALSE(stream.lostPackets);
    EXPECT_EQ(stream.reconnections, 0);
}

TEST_F(MeasurementTest, AClockIsWrittenWhenItMovedOrAfterFiveMinutes) {
    const auto written = [&](base::Microseconds offset, base::Microseconds later, station::MeasurementBoard& board) {
        m_clock.advance(later);
        const auto now = m_clock.now();
        board.setClock(m_camera, offset);
        // Once this is there, the clock is, too, if it is written at all.
        estate::StreamMeasurement stream;
        stream.camera = m_camera;
        board.set(stream);
        EXPECT_TRUE(waitUntil(
            [&] {
                const auto streams = m_store->streams().value();
                return !streams.empty() && streams.front().measured == now;
            },
            10s));
        const auto clocks = m_store->clocks().value();
        return !clocks.empty() && clocks.front().measured == now;
    };
    station::MeasurementBoard board{*m_store, m_clock, 10ms};
    EXPECT_TRUE(written(100ms, 1s, board));
    EXPECT_FALSE(written(140ms, 1s, board)) << "40 ms are not worth it";
    EXPECT_TRUE(written(160ms, 1s, board));
    EXPECT_FALSE(written(160ms, 299s, board));
    EXPECT_TRUE(written(160ms, 2s, board)) << "that it still is so";
    EXPECT_EQ(m_store->clocks()->front().offset, base::Microseconds{160ms});
}

}  // namespace
}  // namespace leedswatch::tests
