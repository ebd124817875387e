#pragma once

#include "alarm/signal_category.h"
#include "alarm/signal_code.h"
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace leedswatch::alarm {

/// What the number behind a code counts.
enum class AddressKind { None, Zone, User, Area, Door, Device, Other };

[[nodiscard]] std::string_view nameOf(AddressKind kind);
[[nodiscard]] std::optional<AddressKind> addressKindFrom(std::string_view name);

struct CodeMeaning {
    SignalCategory category = SignalCategory::Unmapped;
    std::string event;  ///< "Intruder alarm": the room's words
    AddressKind address = AddressKind::Zone;
    bool isOverridden = false;  ///< by the premises or the transmitter's type, not by the standard table
};

/// A code that means something else on some premises, or from transmitters of some type.
struct CodeOverride {
    CodeScheme scheme = CodeScheme::Sia;
    std::string code;
    SignalCategory category = SignalCategory::Unmapped;
    std::string event;
};

/// Codes and their meanings: the standard tables of Contact ID and SIA (resources/codes), those of transmitters'
/// makers, and what premises say otherwise. Built once, then read by any thread.
class CodeTable {
public:
    /// What the program carries.
    [[nodiscard]] static const CodeTable& standard();
    /// From the text of the tables, for tests of tables that are wrong. Error: InvalidInput, with the line.
    [[nodiscard]] static base::Result<CodeTable> parse(std::string_view contactId, std::string_view sia,
                                                       std::string_view fastFormat, std::string_view siaAddresses);

    /// What a code means with its qualifier taken in: a restored alarm is Restored, Contact ID's 401 a closing when it
    /// is a restore. `transmitter` is a maker's name in lower case ("ajax"), or empty. A code that is in no table is
    /// Unmapped, never an error.
    [[nodiscard]] CodeMeaning meaningOf(const SignalCode& code, std::string_view transmitter = {}) const;
    /// As above, with an override instead of the table's row.
    [[nodiscard]] static CodeMeaning meaningOf(const SignalCode& code, const CodeOverride& override);

    [[nodiscard]] std::size_t size() const { return m_meanings.size(); }

private:
    struct Key {
        CodeScheme scheme;
        std::string code;
        std::string transmitter;
        auto operator<=>(const Key&) const = default;
    };

    base::Result<void> add(CodeScheme scheme, std::string_view csv);
    base::Result<void> addAddresses(std::string_view csv);
    [[nodiscard]] const CodeMeaning* find(const SignalCode& code, std::string_view transmitter) const;

    std::map<Key, CodeMeaning> m_meanings;
};

}  // namespace leedswatch::alarm
