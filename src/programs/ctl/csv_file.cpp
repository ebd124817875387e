#include "programs/ctl/csv_file.h"

#include "base/file.h"

#include <iostream>

namespace leedswatch::ctl {
namespace {

constexpr std::size_t largestCsv = 16U << 20U;

}  // namespace

base::Result<std::string> readCsvFile(const std::string& file) {
    if (file != "-") {
        return base::readWholeFile(file, largestCsv);
    }
    std::string text(largestCsv + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > largestCsv) {
        return base::fail(base::ErrorCode::InvalidInput, "standard input is larger than 16 MiB");
    }
    return text;
}

base::Result<ExitCode> importCsvFile(Session& session, const std::string& what, const std::string& file,
                                     const CsvImport& import) {
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, readCsvFile(file));
    const auto report = import(acting, csv);
    if (!report) {
        return base::fail(report.error().code, "nothing was imported from " +
                                                   (file == "-" ? std::string{"standard input"} : file) + ": " +
                                                   report.error().message);
    }
    session.show({{"added", report->added}, {"changed", report->changed}, {"unchanged", report->unchanged}},
                 what + ": " + std::to_string(report->added) + " added, " + std::to_string(report->changed) +
                     " changed, " + std::to_string(report->unchanged) + " unchanged.");
    return ExitCode::Good;
}

base::Result<ExitCode> writeCsvFile(Session& session, const std::string& file, const std::string& csv) {
    if (file.empty() || file == "-") {
        session.show({{"csv", csv}}, csv);
        return ExitCode::Good;
    }
    TRY(base::replaceFile(file, csv));
    session.show({{"file", file}}, "Wrote " + file + ".");
    return ExitCode::Good;
}

}  // namespace leedswatch::ctl
