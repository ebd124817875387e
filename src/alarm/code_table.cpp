#include "alarm/code_table.h"

#include "alarm/embedded_codes.h"
#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::alarm {

namespace {

constexpr std::array<std::pair<AddressKind, std::string_view>, 7> addressNames = {{
    {AddressKind::None, "none"},
    {AddressKind::Zone, "zone"},
    {AddressKind::User, "user"},
    {AddressKind::Area, "area"},
    {AddressKind::Door, "door"},
    {AddressKind::Device, "device"},
    {AddressKind::Other, "other"},
}};

// Contact ID's openings and closings are made by users; so are these others.
AddressKind contactIdAddress(std::string_view code) {
    constexpr std::array<std::string_view, 8> ofUsers = {"121", "124", "125", "313", "574", "604", "607", "625"};
    const bool isUser =
        code.starts_with('4') || code == "642" || std::find(ofUsers.begin(), ofUsers.end(), code) != ofUsers.end();
    return isUser ? AddressKind::User : AddressKind::Zone;
}

using Category = SignalCategory;

// What an event becomes when the panel says that it is over (reference 2).
Category restored(Category category) {
    switch (category) {
        case Category::Trouble:
        case Category::Supervisory: return Category::TroubleRestored;
        case Category::PowerFault: return Category::PowerRestored;
        case Category::CommunicationFault: return Category::CommunicationRestored;
        case Category::OpenOrClose:
        case Category::Opened: return Category::Closed;
        case Category::Bypassed: return Category::Unbypassed;
        default: return isAlarm(category) ? Category::Restored : category;
    }
}

CodeMeaning qualified(CodeMeaning meaning, Qualifier qualifier) {
    if (qualifier == Qualifier::Restore) {
        meaning.category = restored(meaning.category);
    } else if (meaning.category == Category::OpenOrClose) {
        meaning.category = Category::Opened;
    }
    return meaning;
}

// What receivers say of themselves is their makers' own text; all that is certain is that no panel says it.
const CodeMeaning& meaningOfReceivers() {
    static const CodeMeaning meaning{Category::Trouble, "The alarm receiver reports of itself", AddressKind::None};
    return meaning;
}

base::Result<std::vector<base::CsvRecord>> rowsOf(std::string_view csv, std::size_t columns) {
    TRY_ASSIGN(auto rows, base::parseCsv(csv));
    if (rows.empty()) {
        return base::fail(base::ErrorCode::InvalidInput, "the table of codes is empty");
    }
    rows.erase(rows.begin());  // the names of the columns
    for (const base::CsvRecord& row : rows) {
        if (row.fields.size() != columns) {
            return base::fail(base::ErrorCode::InvalidInput,
                              fmt::format("line {} has {} fields instead of {}", row.line, row.fields.size(), columns));
        }
    }
    return rows;
}

}  // namespace

std::string_view nameOf(AddressKind kind) {
    const auto* found =
        std::find_if(addressNames.begin(), addressNames.end(), [&](const auto& entry) { return entry.first == kind; });
    return found == addressNames.end() ? std::string_view{} : found->second;
}

std::optional<AddressKind> addressKindFrom(std::string_view name) {
    const auto* found =
        std::find_if(addressNames.begin(), addressNames.end(), [&](const auto& entry) { return entry.second == name; });
    return found == addressNames.end() ? std::nullopt : std::optional{found->first};
}

const CodeTable& CodeTable::standard() {
    static const CodeTable table = [] {
        const EmbeddedCodes& codes = embeddedCodes();
        // What is compiled in is tested; a table that cannot be read leaves all codes unmapped, and none is lost.
        return parse(codes.contactId, codes.sia, codes.fastFormat, codes.siaAddresses).value_or(CodeTable{});
    }();
    return table;
}

base::Result<CodeTable> CodeTable::parse(std::string_view contactId, std::string_view sia, std::string_view fastFormat,
                                         std::string_view siaAddresses) {
    CodeTable table;
    TRY(table.add(CodeScheme::ContactId, contactId));
    TRY(table.add(CodeScheme::Sia, sia));
    TRY(table.add(CodeScheme::FastFormat, fastFormat));
    TRY(table.addAddresses(siaAddresses));
    return table;
}

base::Result<void> CodeTable::add(CodeScheme scheme, std::string_view csv) {
    TRY_ASSIGN(const auto rows, rowsOf(csv, 4));
    for (const base::CsvRecord& row : rows) {
        const auto category = signalCategoryFrom(row.fields[2]);
        if (!category) {
            return base::fail(base::ErrorCode::InvalidInput,
                              fmt::format("line {}: there is no category \"{}\"", row.line, row.fields[2]));
        }
        const AddressKind address =
            scheme == CodeScheme::ContactId ? contactIdAddress(row.fields[0]) : AddressKind::Zone;
        const auto [place, isNew] = m_meanings.try_emplace({scheme, row.fields[0], row.fields[3]},
                                                           CodeMeaning{*category, row.fields[1], address});
        if (!isNew) {
            return base::fail(base::ErrorCode::InvalidInput,
                              fmt::format("line {}: code {} is there twice", row.line, row.fields[0]));
        }
    }
    return {};
}

base::Result<void> CodeTable::addAddresses(std::string_view csv) {
    TRY_ASSIGN(const auto rows, rowsOf(csv, 2));
    for (const base::CsvRecord& row : rows) {
        for (auto& [key, meaning] : m_meanings) {
            if (key.scheme == CodeScheme::Sia && key.code == row.fields[0]) {
                meaning.address = addressKindFrom(row.fields[1]).value_or(AddressKind::Other);
            }
        }
    }
    return {};
}

// The maker's own meaning before the standard's; a code that only some maker has is taken for that.
const CodeMeaning* CodeTable::find(const SignalCode& code, std::string_view transmitter) const {
    if (code.scheme == CodeScheme::Receiver) {
        return &meaningOfReceivers();
    }
    if (!transmitter.empty()) {
        if (const auto own = m_meanings.find({code.scheme, code.code, std::string{transmitter}});
            own != m_meanings.end()) {
            return &own->second;
        }
    }
    const auto first = m_meanings.lower_bound({code.scheme, code.code, {}});
    const bool isThere =
        first != m_meanings.end() && first->first.scheme == code.scheme && first->first.code == code.code;
    return isThere ? &first->second : nullptr;
}

CodeMeaning CodeTable::meaningOf(const SignalCode& code, std::string_view transmitter) const {
    const CodeMeaning* meaning = find(code, transmitter);
    return meaning == nullptr ? CodeMeaning{} : qualified(*meaning, code.qualifier);
}

CodeMeaning CodeTable::meaningOf(const SignalCode& code, const CodeOverride& override) {
    const CodeMeaning* usual = standard().find(code, {});
    return qualified({override.category, override.event, usual == nullptr ? AddressKind::Zone : usual->address, true},
                     code.qualifier);
}

}  // namespace leedswatch::alarm
