#include "ui/common/desk_file.h"

#include "ui/common/text.h"

#include <string>

namespace leedswatch::ui {

QString deskFile(const std::filesystem::path& dataFolder, const char* kind, access::PersonId person) {
    return pathText(dataFolder / "desk" / (std::string{kind} + "-" + std::to_string(person.value()) + ".ini"));
}

}  // namespace leedswatch::ui
