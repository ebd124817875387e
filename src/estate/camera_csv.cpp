#include "estate/camera_csv.h"

#include "base/csv_table.h"
#include "base/log.h"
#include "estate/camera_address.h"

#include <map>

namespace leedswatch::estate {
namespace {

using base::ErrorCode;

constexpr int kLargestNumber = 99'999;
constexpr int kLongestRetention = 3'650;
const std::vector<std::string_view> kColumns{"number",         "name",      "site",     "main_url",
                                             "sub_url",        "username",  "password", "enabled",
                                             "retention_days", "transport", "audio"};

/// Reads one record, column by column; each message names both.
class LineReader {
public:
    explicit LineReader(const base::CsvRow& row) : m_row{row} {}

    base::Result<ImportedCamera> read() {
        ImportedCamera camera;
        camera.line = m_row.line();
        TRY_ASSIGN(camera.number, m_row.integer("number", 1, kLargestNumber));
        TRY_ASSIGN(camera.name, m_row.text("name"));
        if (camera.name.empty()) {
            return m_row.refuse("name", "it is empty: give the camera a name");
        }
        TRY(readAddresses(camera));
        TRY(readRest(camera));
        return camera;
    }

private:
    [[nodiscard]] base::Result<CameraAddress> address(const std::string& column) const {
        const auto value = m_row.raw(column);
        auto read = readCameraAddress(value);
        if (!read) {
            return m_row.refuse(column, "'" + base::withoutCredentials(value).substr(0, 80) +
                                            "' is not a camera's address; write it as " + std::string{kAddressForms});
        }
        return *read;
    }

    base::Result<void> readAddresses(ImportedCamera& camera) {
        TRY_ASSIGN(const auto main, address("main_url"));
        camera.mainUrl = main.url;
        camera.username = main.username;
        camera.password = main.password;
        if (m_row.has("sub_url")) {
            camera.subUrl = "";
            if (!m_row.raw("sub_url").empty()) {
                TRY_ASSIGN(const auto sub, address("sub_url"));
                camera.subUrl = sub.url;
                camera.username = camera.username ? camera.username : sub.username;
                camera.password = camera.password ? camera.password : sub.password;
            }
        }
        return readTransport(camera, main.kind);
    }

    base::Result<void> readTransport(ImportedCamera& camera, AddressKind kind) {
        if (!m_row.has("transport") || m_row.raw("transport").empty()) {
            return {};
        }
        camera.transport = transportFromName(base::loweredAscii(m_row.raw("transport")));
        if (!camera.transport) {
            return m_row.refuse(
                "transport", "'" + m_row.raw("transport").substr(0, 40) + "' is not automatic, tcp, udp or multicast");
        }
        const bool hasUdp = *camera.transport == Transport::Udp || *camera.transport == Transport::Multicast;
        if (hasUdp && kind != AddressKind::Rtsp) {
            return m_row.refuse("transport", "only an rtsp:// camera can send by " + m_row.raw("transport") +
                                                 "; leave it empty or write automatic");
        }
        return {};
    }

    base::Result<void> readRest(ImportedCamera& camera) {
        if (m_row.has("site")) {
            TRY_ASSIGN(camera.site, m_row.text("site"));
        }
        // A column of its own counts more than what stands in the address.
        if (m_row.has("username") && (!m_row.raw("username").empty() || !camera.username)) {
            TRY_ASSIGN(camera.username, m_row.text("username"));
        }
        if (m_row.has("password") && !m_row.raw("password").empty()) {
            TRY_ASSIGN(camera.password, m_row.text("password"));
        }
        TRY_ASSIGN(camera.enabled, m_row.yesNo("enabled"));
        if (m_row.has("retention_days") && !m_row.raw("retention_days").empty()) {
            TRY_ASSIGN(camera.retentionDays, m_row.integer("retention_days", 1, kLongestRetention));
        }
        TRY_ASSIGN(camera.audioAllowed, m_row.yesNo("audio"));
        return {};
    }

    const base::CsvRow& m_row;
};

}  // namespace

base::Result<std::vector<ImportedCamera>> readCameraCsv(std::string_view csv) {
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, kColumns, {"number", "name", "main_url"}));
    std::vector<ImportedCamera> cameras;
    std::map<int, int> lineOfNumber;
    for (std::size_t index = 0; index < table.size(); ++index) {
        const base::CsvRow row = table.row(index);
        TRY_ASSIGN(auto camera, LineReader{row}.read());
        const auto [first, isNew] = lineOfNumber.emplace(camera.number, camera.line);
        if (!isNew) {
            return row.refuse("number", "camera " + std::to_string(camera.number) + " is on line " +
                                            std::to_string(first->second) + " already");
        }
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

std::string writeCameraCsv(const std::vector<Camera>& cameras) {
    std::string text = "number,name,site,main_url,sub_url,username,enabled,retention_days,transport,audio\r\n";
    for (const auto& camera : cameras) {
        text += std::to_string(camera.number) + ',' + base::csvField(camera.name) + ',' + base::csvField(camera.site) +
                ',' + base::csvField(camera.mainUrl) + ',' + base::csvField(camera.subUrl) + ',' +
                base::csvField(camera.username) + ',' + (camera.enabled ? "yes" : "no") + ',' +
                std::to_string(camera.retentionDays) + ',' + std::string{nameOf(camera.transport)} + ',' +
                (camera.audioAllowed ? "yes" : "no") + "\r\n";
    }
    return text;
}

}  // namespace leedswatch::estate
