#pragma once

#include "access/person.h"

#include <QString>
#include <filesystem>

namespace leedswatch::ui {

/// Where a desk keeps what a person left as it was: `desk/KIND-PERSON.ini` in the data folder. KIND is one of ours
/// ("wall").
QString deskFile(const std::filesystem::path& dataFolder, const char* kind, access::PersonId person);

}  // namespace leedswatch::ui
