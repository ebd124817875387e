#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::alarm {

/// The list that a code is from: "BA" of SIA DC-03, "130" of Ademco Contact ID, a channel of Fast Format; the digits of
/// the basic formats, for which no list is; and what a receiver says of itself.
enum class CodeScheme { ContactId, Sia, FastFormat, Basic, Receiver };

[[nodiscard]] std::string_view nameOf(CodeScheme scheme);  ///< "contact-id", ...: as stored and typed
[[nodiscard]] std::optional<CodeScheme> codeSchemeFrom(std::string_view name);

enum class Qualifier {
    New,       ///< an event, an opening
    Restore,   ///< it is over; a closing
    Previous,  ///< reported before and still so: a state, no alarm
};

/// One thing that a panel reports, as it says it; what it means is in the CodeTable.
struct SignalCode {
    CodeScheme scheme = CodeScheme::Sia;
    Qualifier qualifier = Qualifier::New;
    std::string code = {};       ///< "BA", "130", "2"; empty if the panel sent text alone
    std::string area = {};       ///< partition or area, as sent; empty if not told
    std::string address = {};    ///< zone, user, door, ...: which, the code says
    std::string user = {};       ///< that a modifier names (SIA "id007")
    std::string text = {};       ///< the panel's own words, UTF-8
    std::string panelTime = {};  ///< "23:59:59" of a modifier, in the panel's time
};

/// The account of a message's data and what it reports.
struct SignalCodes {
    std::string account;  ///< of the data block; empty if it has none
    std::vector<SignalCode> codes;
    bool isReadable = true;  ///< false: the text is in no form that we know; it is kept raw and shown as unmapped
};

}  // namespace leedswatch::alarm
