#pragma once

#include "access/person.h"
#include "estate/camera_registry.h"
#include "response/code_rules.h"
#include "response/override_table.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// What would become of a file, and what is wrong with it line by line.
struct CodeImportCheck {
    estate::ImportReport report;
    std::vector<std::string> problems;  ///< "line 7, column category: ..."; none: it can be imported
};

/// The codes that mean something else on some premises or from some maker's transmitters than the tables say. They hold
/// for signals that are received from then on; those that are stored keep the meaning that they were answered with.
/// Thread-safe. Topic of the change feed: "code_overrides".
class CodeOverrides {
public:
    explicit CodeOverrides(store::Database& database) : m_database{database} {}

    /// Of makers first, by name; then of premises, by reference.
    [[nodiscard]] base::Result<std::vector<ScopedOverride>> list();
    [[nodiscard]] base::Result<OverrideTable> table();

    /// Adds it, or changes the one that there is of the same code. Errors: NotPermitted, NotFound (the premises).
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, const CodeRule& rule);
    /// Only whose and which code it is counts. Errors: NotPermitted, NotFound.
    [[nodiscard]] base::Result<void> remove(const access::Acting& acting, const CodeRule& rule);

    /// All lines or none; those that the file does not name stay. Errors: NotPermitted; InvalidInput with the first
    /// problem and how many more there are.
    [[nodiscard]] base::Result<estate::ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same without writing anything. Errors: NotPermitted; InvalidInput, of the file as a whole.
    [[nodiscard]] base::Result<CodeImportCheck> checkCsv(const access::Acting& acting, std::string_view csv);
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
