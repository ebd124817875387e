#include "estate/camera_csv.h"

#include "base/log.h"
#include "estate/camera_address.h"
#include "estate/csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>

namespace leedswatch::estate {
namespace {

using base::ErrorCode;

constexpr int kLargestNumber = 99'999;
constexpr int kLongestRetention = 3'650;
constexpr std::size_t kLongestText = 200;

constexpr std::array<std::string_view, 11> kColumns{"number",         "name",      "site",     "main_url",
                                                    "sub_url",        "username",  "password", "enabled",
                                                    "retention_days", "transport", "audio"};

/// Where each column stands in the file.
using Columns = std::map<std::string, std::size_t, std::less<>>;

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return std::string{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

base::Result<Columns> readHeader(const CsvRecord& header) {
    Columns columns;
    for (std::size_t index = 0; index < header.fields.size(); ++index) {
        const auto name = lowered(trimmed(header.fields[index]));
        if (std::find(kColumns.begin(), kColumns.end(), name) == kColumns.end()) {
            return base::fail(ErrorCode::InvalidInput,
                              "line " + std::to_string(header.line) + ": there is no column '" + name.substr(0, 40) +
                                  "'; the columns are number, name, site, main_url, sub_url, username, password, "
                                  "enabled, retention_days, transport, audio");
        }
        if (!columns.emplace(name, index).second) {
            return base::fail(ErrorCode::InvalidInput,
                              "line " + std::to_string(header.line) + ": the column '" + name + "' is there twice");
        }
    }
    for (const char* needed : {"number", "name", "main_url"}) {
        if (columns.find(needed) == columns.end()) {
            return base::fail(ErrorCode::InvalidInput, "line " + std::to_string(header.line) + ": the column '" +
                                                           needed + "' is missing: add it to the header line");
        }
    }
    return columns;
}

std::optional<bool> readYesNo(const std::string& given) {
    const auto text = lowered(given);
    if (text == "1" || text == "yes" || text == "true") {
        return true;
    }
    if (text == "0" || text == "no" || text == "false") {
        return false;
    }
    return std::nullopt;
}

/// Reads one record, column by column; each message names both.
class LineReader {
public:
    LineReader(const CsvRecord& record, const Columns& columns) : m_record{record}, m_columns{columns} {}

    base::Result<ImportedCamera> read() {
        ImportedCamera camera;
        camera.line = m_record.line;
        TRY_ASSIGN(camera.number, integer("number", 1, kLargestNumber));
        TRY_ASSIGN(camera.name, text("name"));
        if (camera.name.empty()) {
            return refuse("name", "it is empty: give the camera a name");
        }
        TRY(readAddresses(camera));
        TRY(readRest(camera));
        return camera;
    }

private:
    [[nodiscard]] tl::unexpected<base::Error> refuse(const std::string& column, const std::string& what) const {
        return base::fail(ErrorCode::InvalidInput,
                          "line " + std::to_string(m_record.line) + ", column " + column + ": " + what);
    }

    [[nodiscard]] bool has(std::string_view column) const { return m_columns.find(column) != m_columns.end(); }

    [[nodiscard]] std::string raw(std::string_view column) const {
        return trimmed(m_record.fields[m_columns.find(column)->second]);
    }

    [[nodiscard]] base::Result<std::string> text(const std::string& column) const {
        auto value = raw(column);
        if (value.size() > kLongestText) {
            return refuse(column, "it is longer than 200 bytes: shorten it");
        }
        if (std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; })) {
            return refuse(column, "it holds a line end or a control character: remove it");
        }
        return value;
    }

    [[nodiscard]] base::Result<int> integer(const std::string& column, int least, int most) const {
        const auto value = raw(column);
        int number = 0;
        const auto* end = value.data() + value.size();
        const auto [rest, failed] = std::from_chars(value.data(), end, number);
        if (failed != std::errc{} || rest != end || number < least || number > most) {
            return refuse(column, "'" + value.substr(0, 40) + "' is not a whole number from " + std::to_string(least) +
                                      " to " + std::to_string(most));
        }
        return number;
    }

    [[nodiscard]] base::Result<CameraAddress> address(const std::string& column) const {
        const auto value = raw(column);
        auto read = readCameraAddress(value);
        if (!read) {
            return refuse(column, "'" + base::withoutCredentials(value).substr(0, 80) +
                                      "' is not a camera's address; write it as " + std::string{kAddressForms});
        }
        return *read;
    }

    base::Result<void> readAddresses(ImportedCamera& camera) {
        TRY_ASSIGN(const auto main, address("main_url"));
        camera.mainUrl = main.url;
        camera.username = main.username;
        camera.password = main.password;
        if (has("sub_url")) {
            camera.subUrl = "";
            if (!raw("sub_url").empty()) {
                TRY_ASSIGN(const auto sub, address("sub_url"));
                camera.subUrl = sub.url;
                camera.username = camera.username ? camera.username : sub.username;
                camera.password = camera.password ? camera.password : sub.password;
            }
        }
        return readTransport(camera, main.kind);
    }

    base::Result<void> readTransport(ImportedCamera& camera, AddressKind kind) {
        if (!has("transport") || raw("transport").empty()) {
            return {};
        }
        camera.transport = transportFromName(lowered(raw("transport")));
        if (!camera.transport) {
            return refuse("transport",
                          "'" + raw("transport").substr(0, 40) + "' is not automatic, tcp, udp or multicast");
        }
        const bool hasUdp = *camera.transport == Transport::Udp || *camera.transport == Transport::Multicast;
        if (hasUdp && kind != AddressKind::Rtsp) {
            return refuse("transport", "only an rtsp:// camera can send by " + raw("transport") +
                                           "; leave it empty or write automatic");
        }
        return {};
    }

    base::Result<void> readRest(ImportedCamera& camera) {
        if (has("site")) {
            TRY_ASSIGN(camera.site, text("site"));
        }
        // A column of its own counts more than what stands in the address.
        if (has("username") && (!raw("username").empty() || !camera.username)) {
            TRY_ASSIGN(camera.username, text("username"));
        }
        if (has("password") && !raw("password").empty()) {
            TRY_ASSIGN(camera.password, text("password"));
        }
        if (has("enabled") && !raw("enabled").empty()) {
            camera.enabled = readYesNo(raw("enabled"));
            if (!camera.enabled) {
                return refuse("enabled", "'" + raw("enabled").substr(0, 40) + "' is not yes or no");
            }
        }
        if (has("retention_days") && !raw("retention_days").empty()) {
            TRY_ASSIGN(camera.retentionDays, integer("retention_days", 1, kLongestRetention));
        }
        if (has("audio") && !raw("audio").empty()) {
            camera.audioAllowed = readYesNo(raw("audio"));
            if (!camera.audioAllowed) {
                return refuse("audio", "'" + raw("audio").substr(0, 40) + "' is not yes or no");
            }
        }
        return {};
    }

    const CsvRecord& m_record;
    const Columns& m_columns;
};

}  // namespace

base::Result<std::vector<ImportedCamera>> readCameraCsv(std::string_view csv) {
    TRY_ASSIGN(const auto records, parseCsv(csv));
    if (records.empty()) {
        return base::fail(ErrorCode::InvalidInput, "the file is empty: its first line must name the columns");
    }
    TRY_ASSIGN(const auto columns, readHeader(records.front()));
    std::vector<ImportedCamera> cameras;
    std::map<int, int> lineOfNumber;
    for (auto record = records.begin() + 1; record != records.end(); ++record) {
        const auto line = "line " + std::to_string(record->line);
        if (record->fields.size() != records.front().fields.size()) {
            return base::fail(ErrorCode::InvalidInput, line + ": it has " + std::to_string(record->fields.size()) +
                                                           " fields and the header line has " +
                                                           std::to_string(records.front().fields.size()));
        }
        TRY_ASSIGN(auto camera, (LineReader{*record, columns}.read()));
        const auto [first, isNew] = lineOfNumber.emplace(camera.number, camera.line);
        if (!isNew) {
            return base::fail(ErrorCode::InvalidInput, line + ", column number: camera " +
                                                           std::to_string(camera.number) + " is on line " +
                                                           std::to_string(first->second) + " already");
        }
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

std::string writeCameraCsv(const std::vector<Camera>& cameras) {
    std::string text = "number,name,site,main_url,sub_url,username,enabled,retention_days,transport,audio\r\n";
    for (const auto& camera : cameras) {
        text += std::to_string(camera.number) + ',' + csvField(camera.name) + ',' + csvField(camera.site) + ',' +
                csvField(camera.mainUrl) + ',' + csvField(camera.subUrl) + ',' + csvField(camera.username) + ',' +
                (camera.enabled ? "yes" : "no") + ',' + std::to_string(camera.retentionDays) + ',' +
                std::string{nameOf(camera.transport)} + ',' + (camera.audioAllowed ? "yes" : "no") + "\r\n";
    }
    return text;
}

}  // namespace leedswatch::estate
