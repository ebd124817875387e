#pragma once

#include "access/person.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace leedswatch::ui {

/// What somebody has typed into the log's editor and not saved yet.
struct Draft {
    std::string type;
    std::string book = "occurrence";
    int priority = 3;
    std::int64_t incident = 0;                      ///< that it is written to; 0: none
    std::map<std::string, std::string> facts = {};  ///< what the book asks for
    std::optional<int> cameraNumber;
    std::string text;

    bool operator==(const Draft&) const = default;
};

/// Keeps a person's draft in the data folder, so that a console that dies takes no words with it: one small file a
/// person, replaced whole. Any thread, one call at a time.
class DraftStore {
public:
    DraftStore(const std::filesystem::path& dataFolder, access::PersonId person);

    /// Nothing if there is none, or if the file cannot be understood: a draft is never a reason not to start.
    [[nodiscard]] std::optional<Draft> load() const;
    /// A draft without words is removed.
    [[nodiscard]] base::Result<void> save(const Draft& draft) const;

private:
    std::filesystem::path m_file;
};

}  // namespace leedswatch::ui
