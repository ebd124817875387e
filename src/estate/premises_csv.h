#pragma once

#include "base/result.h"
#include "estate/premises.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// One line of an imported file: a panel and the premises that it is on. What the file has no column for is empty and
/// stays as it is.
struct ImportedPanel {
    int lineOfFile = 0;
    std::string account;  ///< upper case
    std::string line;
    std::string name;
    std::string reference;                ///< of the premises; the account if the file names none
    std::optional<std::string> keyBytes;  ///< empty bytes: it loses its key
    std::optional<std::string> transmitter;
    std::optional<std::string> address;
    std::optional<std::string> ward;
    std::optional<std::string> committee;
    std::optional<int> latitude;
    std::optional<int> longitude;
    std::optional<std::string> kind;
    std::optional<std::string> policeReference;
    std::optional<int> testHours;  ///< 0: none
    std::optional<PathCategory> path;
    std::optional<std::string> protocol;  ///< empty: any
    std::optional<std::string> alternativeLine;
    std::optional<std::string> primarySource;
    std::optional<std::string> alternativeSource;
    std::optional<int> pollSeconds;  ///< 0: not known
    std::optional<int> alternativePollSeconds;
};

/// Checks every line; the first that is wrong is named with its line, its column and what to do, and never with a key.
/// Error: InvalidInput.
[[nodiscard]] base::Result<std::vector<ImportedPanel>> readPremisesCsv(std::string_view csv);

[[nodiscard]] std::string writePremisesCsv(const std::vector<Premises>& premises, const std::vector<Panel>& panels);

}  // namespace leedswatch::estate
