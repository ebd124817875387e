#pragma once

#include "base/result.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::store {

/// What a new store begins with (its identity, the first audit event), or, in one that was there, the event that
/// it was brought up to date. `applied`: the migrations that were.
[[nodiscard]] base::Result<void> writeFirstRows(Database& database, const std::vector<std::string>& applied);

/// The random identity of this installation, made with the store: part of the audit log's name.
[[nodiscard]] base::Result<std::string> installationId(Database& database);

}  // namespace leedswatch::store
