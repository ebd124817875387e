#include "estate/stream_measurements.h"

namespace leedswatch::estate {
namespace {

/// One row of camera_stream as it is bound and fetched.
struct Row {
    std::int64_t camera = 0;
    std::string stream;
    std::int64_t measured = 0;
    std::int64_t lost = 0;
    soci::indicator lostKnown = soci::i_null;
    StreamMeasurement values;

    void take(const StreamMeasurement& measurement) {
        camera = measurement.camera.value();
        stream = measurement.isSub ? "sub" : "main";
        measured = base::toStored(measurement.measured);
        lost = measurement.lostPackets.value_or(0);
        lostKnown = measurement.lostPackets ? soci::i_ok : soci::i_null;
        values = measurement;
    }

    [[nodiscard]] StreamMeasurement give() const {
        StreamMeasurement measurement = values;
        measurement.camera = CameraId{camera};
        measurement.isSub = stream == "sub";
        measurement.measured = base::fromStored(measured);
        measurement.lostPackets = lostKnown == soci::i_null ? std::nullopt : std::optional{lost};
        return measurement;
    }
};

void writeStreams(soci::session& sql, const std::vector<StreamMeasurement>& streams) {
    Row row;
    auto& values = row.values;
    soci::statement clear = (sql.prepare << "DELETE FROM camera_stream WHERE camera_id = :camera AND stream = :stream",
                             soci::use(row.camera), soci::use(row.stream));
    soci::statement statement =
        (sql.prepare << "INSERT INTO camera_stream (camera_id, stream, measured, codec, width, height, "
                        "bits_per_second, millifps, transport, pictures, lost_packets, reconnections, times_repeated, "
                        "times_backwards, times_leaping, times_missing, times_wrapped) VALUES (:camera, :stream, "
                        ":measured, :codec, :width, :height, :bits, :fps, :carrier, :pictures, :lost, :again, "
                        ":repeated, :backwards, :leaping, :missing, :wrapped)",
         soci::use(row.camera), soci::use(row.stream), soci::use(row.measured), soci::use(values.codec),
         soci::use(values.width), soci::use(values.height), soci::use(values.bitsPerSecond),
         soci::use(values.milliPicturesPerSecond), soci::use(values.carrier), soci::use(values.pictures),
         soci::use(row.lost, row.lostKnown), soci::use(values.reconnections), soci::use(values.mended.repeated),
         soci::use(values.mended.backwards), soci::use(values.mended.leaping), soci::use(values.mended.missing),
         soci::use(values.mended.wrapped));
    for (const auto& stream : streams) {
        row.take(stream);
        clear.execute(true);
        statement.execute(true);
    }
}

void writeClocks(soci::session& sql, const std::vector<ClockOffset>& clocks) {
    std::int64_t camera = 0;
    std::int64_t offset = 0;
    std::int64_t measured = 0;
    soci::statement statement =
        (sql.prepare
             << "INSERT INTO camera_clock (camera_id, offset_us, measured) VALUES (:camera, :offset, :measured) "
                "ON CONFLICT (camera_id) DO UPDATE SET offset_us = excluded.offset_us, measured = "
                "excluded.measured",
         soci::use(camera), soci::use(offset), soci::use(measured));
    for (const auto& clock : clocks) {
        camera = clock.camera.value();
        offset = clock.offset.count();
        measured = base::toStored(clock.measured);
        statement.execute(true);
    }
}

}  // namespace

base::Result<void> StreamMeasurements::write(const std::vector<StreamMeasurement>& streams,
                                             const std::vector<ClockOffset>& clocks) {
    if (streams.empty() && clocks.empty()) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        if (!streams.empty()) {
            writeStreams(transaction.sql(), streams);
        }
        if (!clocks.empty()) {
            writeClocks(transaction.sql(), clocks);
        }
        transaction.notify("camera_measurements", "all");
        return {};
    });
}

base::Result<std::vector<StreamMeasurement>> StreamMeasurements::streams() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<StreamMeasurement>> {
        std::vector<StreamMeasurement> streams;
        Row row;
        auto& values = row.values;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, stream, measured, codec, width, height, bits_per_second, millifps, "
                            "transport, pictures, lost_packets, reconnections, times_repeated, times_backwards, "
                            "times_leaping, times_missing, times_wrapped FROM camera_stream ORDER BY camera_id, stream",
             soci::into(row.camera), soci::into(row.stream), soci::into(row.measured), soci::into(values.codec),
             soci::into(values.width), soci::into(values.height), soci::into(values.bitsPerSecond),
             soci::into(values.milliPicturesPerSecond), soci::into(values.carrier), soci::into(values.pictures),
             soci::into(row.lost, row.lostKnown), soci::into(values.reconnections), soci::into(values.mended.repeated),
             soci::into(values.mended.backwards), soci::into(values.mended.leaping), soci::into(values.mended.missing),
             soci::into(values.mended.wrapped));
        statement.execute();
        while (statement.fetch()) {
            streams.push_back(row.give());
        }
        return streams;
    });
}

base::Result<std::vector<ClockOffset>> StreamMeasurements::clocks() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<ClockOffset>> {
        std::vector<ClockOffset> clocks;
        std::int64_t camera = 0;
        std::int64_t offset = 0;
        std::int64_t measured = 0;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, offset_us, measured FROM camera_clock ORDER BY camera_id",
             soci::into(camera), soci::into(offset), soci::into(measured));
        statement.execute();
        while (statement.fetch()) {
            clocks.push_back({CameraId{camera}, base::Microseconds{offset}, base::fromStored(measured)});
        }
        return clocks;
    });
}

}  // namespace leedswatch::estate
