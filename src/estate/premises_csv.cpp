#include "estate/premises_csv.h"

#include "base/csv_table.h"
#include "estate/panel_key_text.h"
#include "estate/panel_protocols.h"
#include "estate/source_network.h"

#include <algorithm>
#include <map>

namespace leedswatch::estate {

namespace {

const std::vector<std::string_view> knownColumns = {"account",
                                                    "name",
                                                    "key",
                                                    "key_format",
                                                    "premises",
                                                    "line",
                                                    "transmitter",
                                                    "address",
                                                    "ward",
                                                    "committee",
                                                    "latitude",
                                                    "longitude",
                                                    "class",
                                                    "police_reference",
                                                    "test_hours",
                                                    "path_category",
                                                    "alternative_line",
                                                    "primary_source",
                                                    "alternative_source",
                                                    "poll_seconds",
                                                    "alternative_poll_seconds",
                                                    "protocol"};
constexpr int longestTestHours = 35 * 24;
constexpr int longestPollSeconds = 35 * 24 * 3'600;

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

bool isAccount(const std::string& text) {
    return !text.empty() && text.size() <= 16 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    });
}

base::Result<void> readOptionalText(const base::CsvRow& row, const std::string& column,
                                    std::optional<std::string>& to) {
    if (row.has(column)) {
        TRY_ASSIGN(to, row.text(column));
    }
    return {};
}

// A key is never guessed at: 32 characters mean one thing in hex digits and another as text.
base::Result<void> readKey(const base::CsvRow& row, ImportedPanel& panel) {
    const std::string typed = row.raw("key");
    const std::string formatName = base::loweredAscii(row.raw("key_format"));
    if (formatName == "none") {
        panel.keyBytes = "";
        return typed.empty() ? base::Result<void>{}
                             : row.refuse("key_format", "it says none, and there is a key: remove one of them");
    }
    if (typed.empty()) {
        return {};
    }
    const auto format = keyFormatFrom(formatName);
    if (!format) {
        return row.refuse("key_format",
                          "write hex or text: how the key is typed; or none, with an empty key, to take it away");
    }
    auto bytes = panelKeyBytes(typed, *format);
    if (!bytes) {
        return row.refuse("key", bytes.error().message);
    }
    panel.keyBytes = *std::move(bytes);
    return {};
}

base::Result<void> readPlace(const base::CsvRow& row, ImportedPanel& panel) {
    TRY(readOptionalText(row, "address", panel.address));
    TRY(readOptionalText(row, "ward", panel.ward));
    TRY(readOptionalText(row, "committee", panel.committee));
    TRY(readOptionalText(row, "class", panel.kind));
    TRY(readOptionalText(row, "police_reference", panel.policeReference));
    TRY_ASSIGN(panel.latitude, row.microdegrees("latitude", 90));
    TRY_ASSIGN(panel.longitude, row.microdegrees("longitude", 180));
    if (panel.latitude.has_value() != panel.longitude.has_value()) {
        return row.refuse("latitude", "latitude and longitude go together: give both or none");
    }
    return {};
}

base::Result<void> readProtocol(const base::CsvRow& row, ImportedPanel& panel) {
    const std::string typed = row.raw("protocol");
    if (row.has("protocol")) {
        panel.protocol = typed.empty() ? std::optional{std::string{}} : panelProtocolFrom(typed);
    }
    if (!typed.empty() && !panel.protocol) {
        return row.refuse("protocol", "'" + typed.substr(0, 40) + "' is none of DC-09, MLR2 and Ademco 685");
    }
    return {};
}

base::Result<void> readSource(const base::CsvRow& row, const std::string& column, std::optional<std::string>& to) {
    TRY(readOptionalText(row, column, to));
    if (to && !to->empty() && !SourceNetwork::from(*to)) {
        return row.refuse(column, "'" + to->substr(0, 60) +
                                      "' is no network: write one address, or 10.20.0.0/16 for all that begin alike");
    }
    return {};
}

base::Result<void> readPaths(const base::CsvRow& row, ImportedPanel& panel) {
    TRY(readOptionalText(row, "alternative_line", panel.alternativeLine));
    if (panel.alternativeLine) {
        panel.alternativeLine = upper(*panel.alternativeLine);
    }
    TRY(readSource(row, "primary_source", panel.primarySource));
    TRY(readSource(row, "alternative_source", panel.alternativeSource));
    if (!row.raw("poll_seconds").empty()) {
        TRY_ASSIGN(panel.pollSeconds, row.integer("poll_seconds", 0, longestPollSeconds));
    }
    if (!row.raw("alternative_poll_seconds").empty()) {
        TRY_ASSIGN(panel.alternativePollSeconds, row.integer("alternative_poll_seconds", 0, longestPollSeconds));
    }
    return {};
}

base::Result<void> readSignalling(const base::CsvRow& row, ImportedPanel& panel) {
    TRY_ASSIGN(panel.line, row.text("line"));
    panel.line = upper(panel.line);
    TRY(readOptionalText(row, "transmitter", panel.transmitter));
    if (panel.transmitter) {
        panel.transmitter = base::loweredAscii(*panel.transmitter);
    }
    if (!row.raw("test_hours").empty()) {
        TRY_ASSIGN(panel.testHours, row.integer("test_hours", 0, longestTestHours));
    }
    const std::string path = upper(row.raw("path_category"));
    panel.path = pathCategoryFrom(path);
    if (!path.empty() && !panel.path) {
        return row.refuse("path_category", "'" + path.substr(0, 40) + "' is none of SP1 to SP6 and DP1 to DP4");
    }
    return readProtocol(row, panel);
}

base::Result<ImportedPanel> readRow(const base::CsvRow& row) {
    ImportedPanel panel;
    panel.lineOfFile = row.line();
    panel.account = upper(row.raw("account"));
    if (!isAccount(panel.account)) {
        return row.refuse("account", "'" + panel.account.substr(0, 40) + "' is no account: 1 to 16 letters and digits");
    }
    TRY_ASSIGN(panel.name, row.text("name"));
    if (panel.name.empty()) {
        return row.refuse("name", "it is empty: give the premises a name");
    }
    TRY_ASSIGN(panel.reference, row.text("premises"));
    panel.reference = panel.reference.empty() ? panel.account : panel.reference;
    TRY(readKey(row, panel));
    TRY(readPlace(row, panel));
    TRY(readSignalling(row, panel));
    TRY(readPaths(row, panel));
    return panel;
}

template <typename Duration>
std::string countOf(const std::optional<Duration>& duration) {
    return duration ? std::to_string(duration->count()) : "";
}

std::string degrees(const std::optional<int>& millionths) {
    if (!millionths) {
        return {};
    }
    const std::string digits = std::to_string(std::abs(*millionths) % 1'000'000);
    return (*millionths < 0 ? "-" : "") + std::to_string(std::abs(*millionths) / 1'000'000) + '.' +
           std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

base::Result<std::vector<ImportedPanel>> readPremisesCsv(std::string_view csv) {
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, knownColumns, {"account", "name"}));
    std::vector<ImportedPanel> panels;
    std::map<std::pair<std::string, std::string>, int> lineOfAccount;
    for (std::size_t index = 0; index < table.size(); ++index) {
        const base::CsvRow row = table.row(index);
        TRY_ASSIGN(auto panel, readRow(row));
        const auto [first, isNew] = lineOfAccount.emplace(std::pair{panel.account, panel.line}, panel.lineOfFile);
        if (!isNew) {
            return row.refuse("account",
                              "account " + panel.account + " is on line " + std::to_string(first->second) + " already");
        }
        panels.push_back(std::move(panel));
    }
    return panels;
}

std::string writePremisesCsv(const std::vector<Premises>& premises, const std::vector<Panel>& panels) {
    std::map<PremisesId, const Premises*> byId;
    for (const Premises& place : premises) {
        byId.emplace(place.id, &place);
    }
    std::string text =
        "account,name,premises,line,transmitter,address,ward,committee,latitude,longitude,class,police_reference,test_"
        "hours,path_category,alternative_line,primary_source,alternative_source,poll_seconds,alternative_poll_seconds,"
        "protocol\r\n";
    for (const Panel& panel : panels) {
        const auto found = byId.find(panel.premises);
        const Premises place = found == byId.end() ? Premises{} : *found->second;
        const SignallingSettings& paths = panel.signalling;
        const std::string path = panel.path ? std::string{nameOf(*panel.path)} : "";
        std::string line;
        for (const std::string& field : {panel.account,
                                         place.name,
                                         place.reference,
                                         panel.line,
                                         panel.transmitter,
                                         place.address,
                                         place.ward,
                                         place.committee,
                                         degrees(place.latitude),
                                         degrees(place.longitude),
                                         place.kind,
                                         place.policeReference,
                                         countOf(panel.testInterval),
                                         path,
                                         paths.alternativeLine,
                                         paths.primarySource,
                                         paths.alternativeSource,
                                         countOf(paths.pollInterval),
                                         countOf(paths.alternativePollInterval),
                                         panel.protocol}) {
            line += (line.empty() ? "" : ",") + base::csvField(field);
        }
        text += line + "\r\n";
    }
    return text;
}

}  // namespace leedswatch::estate
