#pragma once

#include "estate/camera_registry.h"
#include "programs/ctl/session.h"

#include <functional>
#include <string>

namespace leedswatch::ctl {

/// Takes a CSV file into the store, all of it or nothing.
using CsvImport = std::function<base::Result<estate::ImportReport>(const access::Acting& acting, std::string_view csv)>;

/// `file`, or standard input if it is "-"; 16 MiB at most.
[[nodiscard]] base::Result<std::string> readCsvFile(const std::string& file);

/// Reads `file` ("-": standard input) and shows what came of it: "`what`: 2 added, 0 changed, 1 unchanged."
[[nodiscard]] base::Result<ExitCode> importCsvFile(Session& session, const std::string& what, const std::string& file,
                                                   const CsvImport& import);
/// Writes to `file`, or shows it if there is no name or "-".
[[nodiscard]] base::Result<ExitCode> writeCsvFile(Session& session, const std::string& file, const std::string& csv);

}  // namespace leedswatch::ctl
