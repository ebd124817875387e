#include "ui/log/draft_store.h"

#include "base/file.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace leedswatch::ui {

namespace {

constexpr std::size_t largestDraft = 256U << 10U;

std::int64_t numberIn(const nlohmann::json& document, const char* name, std::int64_t otherwise) {
    const auto found = document.find(name);
    return found != document.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

}  // namespace

DraftStore::DraftStore(const std::filesystem::path& dataFolder, access::PersonId person)
    : m_file{dataFolder / "drafts" / ("log-" + std::to_string(person.value()) + ".json")} {}

std::optional<Draft> DraftStore::load() const {
    const auto text = base::readWholeFile(m_file, largestDraft);
    if (!text) {
        return std::nullopt;
    }
    const nlohmann::json document = nlohmann::json::parse(*text, nullptr, false);
    if (!document.is_object() || !document.contains("text") || !document["text"].is_string()) {
        return std::nullopt;
    }
    Draft draft;
    draft.text = document["text"].get<std::string>();
    if (const auto category = document.find("category"); category != document.end() && category->is_string()) {
        draft.type = category->get<std::string>();
    }
    if (const auto camera = document.find("camera"); camera != document.end() && camera->is_number_integer()) {
        draft.cameraNumber = camera->get<int>();
    }
    if (const auto book = document.find("book"); book != document.end() && book->is_string()) {
        draft.book = book->get<std::string>();
    }
    draft.priority = static_cast<int>(numberIn(document, "priority", draft.priority));
    draft.incident = numberIn(document, "incident", 0);
    if (const auto facts = document.find("facts"); facts != document.end() && facts->is_object()) {
        for (const auto& [code, words] : facts->items()) {
            draft.facts[code] = words.is_string() ? words.get<std::string>() : std::string{};
        }
    }
    return draft;
}

base::Result<void> DraftStore::save(const Draft& draft) const {
    if (draft.text.empty()) {
        std::error_code ignored;
        std::filesystem::remove(m_file, ignored);
        return {};
    }
    nlohmann::json document{{"category", draft.type},     {"text", draft.text},         {"book", draft.book},
                            {"priority", draft.priority}, {"incident", draft.incident}, {"facts", draft.facts}};
    if (draft.cameraNumber) {
        document["camera"] = *draft.cameraNumber;
    }
    TRY(base::createFolders(m_file.parent_path()));
    constexpr unsigned onlyTheOwner = 0600;
    return base::replaceFile(m_file, document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                             onlyTheOwner);
}

}  // namespace leedswatch::ui
