#include "alarm/sia_data.h"

#include "alarm/characters.h"
#include "alarm/dc09_content.h"

#include <algorithm>
#include <string>

namespace leedswatch::alarm {

namespace {

/// Reads the items of one block in turn. What a modifier says counts for what follows, until another says otherwise.
class BlockReader {
public:
    BlockReader(std::string_view items, Qualifier qualifier) : m_rest{items} { m_current.qualifier = qualifier; }

    /// False if something in it is no item.
    bool read() {
        while (!m_rest.empty()) {
            if (m_rest.front() == '/' || m_rest.front() == ' ') {
                m_rest.remove_prefix(1);
            } else if (!readItem()) {
                return false;
            }
        }
        applyTrailing();
        return true;
    }

    std::vector<SignalCode> takeCodes() { return std::move(m_codes); }

private:
    bool readItem() {
        if (m_rest.front() == '^') {
            return readText("^", "^");
        }
        if (m_rest.starts_with("*\"")) {
            return readText("*\"", "\"");
        }
        if (m_rest.starts_with("NM") && m_textWasOld) {
            m_rest.remove_prefix(2);
            m_textWasOld = false;
            return true;
        }
        if (m_rest.size() >= 2 && isLowerLetter(m_rest[0]) && isLowerLetter(m_rest[1])) {
            readModifier();
            return true;
        }
        if (m_rest.size() >= 2 && isUpperLetter(m_rest[0]) && isUpperLetter(m_rest[1])) {
            readCode();
            return true;
        }
        return false;
    }

    bool readText(std::string_view open, std::string_view close) {
        m_rest.remove_prefix(open.size());
        const std::size_t end = m_rest.find(close);
        if (end == std::string_view::npos) {
            return false;
        }
        std::string text = panelText(m_rest.substr(0, end));
        text.erase(text.find_last_not_of(' ') + 1);
        m_rest.remove_prefix(end + close.size());
        m_textWasOld = open.size() == 2;
        if (!m_lastWasCode) {
            return true;  // of a modifier: the name of an area or a user
        }
        m_codes.back().text = std::move(text);
        return true;
    }

    void readModifier() {
        const std::string_view name = m_rest.substr(0, 2);
        m_rest.remove_prefix(2);
        const auto end =
            std::find_if_not(m_rest.begin(), m_rest.end(), [](char c) { return isDigit(c) || c == ':' || c == '-'; });
        const std::string value{m_rest.begin(), end};
        m_rest.remove_prefix(value.size());
        if (name == "ri" || (name == "pm" && m_current.area.empty())) {
            m_current.area = value;
        } else if (name == "id") {
            m_current.user = value;
        } else if (name == "ti") {
            m_current.panelTime = value;
        }
        m_lastWasCode = false;
        m_modifierIsPending = true;
    }

    void readCode() {
        constexpr std::size_t longestAddress = 4;
        SignalCode code = m_current;
        code.scheme = CodeScheme::Sia;
        code.code = m_rest.substr(0, 2);
        m_rest.remove_prefix(2);
        while (!m_rest.empty() && isDigit(m_rest.front()) && code.address.size() < longestAddress) {
            code.address += m_rest.front();
            m_rest.remove_prefix(1);
        }
        m_codes.push_back(std::move(code));
        m_lastWasCode = true;
        m_modifierIsPending = false;
    }

    // A modifier behind the last code is meant for those before it.
    void applyTrailing() {
        if (!m_modifierIsPending) {
            return;
        }
        for (SignalCode& code : m_codes) {
            code.area = code.area.empty() ? m_current.area : code.area;
            code.user = code.user.empty() ? m_current.user : code.user;
            code.panelTime = code.panelTime.empty() ? m_current.panelTime : code.panelTime;
        }
    }

    std::string_view m_rest;
    SignalCode m_current;
    std::vector<SignalCode> m_codes;
    bool m_lastWasCode = false;
    bool m_modifierIsPending = false;
    bool m_textWasOld = false;
};

// Up to the next bar; one between carets is of a text.
std::size_t endOfBlock(std::string_view data) {
    bool isText = false;
    for (std::size_t at = 0; at < data.size(); ++at) {
        isText = data[at] == '^' ? !isText : isText;
        if (data[at] == '|' && !isText) {
            return at;
        }
    }
    const bool lacksACaret = isText;
    return lacksACaret ? std::min(data.find('|'), data.size()) : data.size();
}

std::string_view takeBlock(std::string_view& data) {
    const std::size_t end = endOfBlock(data);
    const std::string_view block = data.substr(0, end);
    data.remove_prefix(std::min(end + 1, data.size()));
    return block;
}

bool readBlock(std::string_view block, SignalCodes& codes) {
    if (block.front() == 'A') {
        const std::string text = panelText(block.substr(1));
        if (codes.codes.empty()) {
            codes.codes.push_back({.scheme = CodeScheme::Sia});
        }
        std::string& to = codes.codes.back().text;
        to += (to.empty() ? "" : " ") + text;
        return true;
    }
    if (block.front() != 'N' && block.front() != 'O') {
        return false;
    }
    BlockReader reader{block.substr(1), block.front() == 'N' ? Qualifier::New : Qualifier::Previous};
    const bool isGood = reader.read();
    for (SignalCode& code : reader.takeCodes()) {
        codes.codes.push_back(std::move(code));
    }
    return isGood;
}

}  // namespace

SignalCodes parseSiaData(std::string_view data) {
    SignalCodes codes;
    if (data.empty()) {
        codes.isReadable = false;
        return codes;
    }
    if (data.find('|') != std::string_view::npos) {
        std::string_view account = takeBlock(data);
        if (!account.empty() && account.front() == '#') {
            account.remove_prefix(1);
        }
        codes.account = account;
    }
    while (!data.empty()) {
        const std::string_view block = takeBlock(data);
        codes.isReadable = (block.empty() || readBlock(block, codes)) && codes.isReadable;
    }
    codes.isReadable = codes.isReadable && !codes.codes.empty();
    return codes;
}

}  // namespace leedswatch::alarm
