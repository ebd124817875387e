#include "response/event_words.h"

namespace leedswatch::response {

namespace {

std::string_view wordOf(alarm::AddressKind kind) {
    switch (kind) {
        case alarm::AddressKind::User: return "user";
        case alarm::AddressKind::Area: return "area";
        case alarm::AddressKind::Door: return "door";
        case alarm::AddressKind::Device: return "device";
        case alarm::AddressKind::Zone: return "zone";
        case alarm::AddressKind::Other: return "number";
        case alarm::AddressKind::None: return "";
    }
    return "";
}

}  // namespace

std::string wordsOf(const SignalEvent& event) {
    const alarm::SignalCode& code = event.code;
    std::string words = event.meaning.event;
    if (words.empty()) {
        words = code.code.empty() ? "A signal that cannot be read" : "Code " + code.code + ", which no table has";
    }
    if (!code.address.empty() && event.meaning.address != alarm::AddressKind::None) {
        words += ", " + std::string{wordOf(event.meaning.address)} + " " + code.address;
    }
    if (!code.text.empty()) {
        words += " (" + code.text + ")";
    }
    if (!code.area.empty() && event.meaning.address != alarm::AddressKind::Area) {
        words += ", area " + code.area;
    }
    if (!code.user.empty() && event.meaning.address != alarm::AddressKind::User) {
        words += ", user " + code.user;
    }
    return words;
}

}  // namespace leedswatch::response
