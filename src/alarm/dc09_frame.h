#pragma once

#include "base/result.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leedswatch::alarm {

/// Whether a frame's check is written as four digits (2013 and later) or as two bytes (2007, and what still sends so).
enum class CrcForm { Ascii, Binary };

/// A message of ANSI/SIA DC-09 as it stood between the quotation mark and the carriage return: header and content. All
/// texts are bytes as they came; only what the header's grammar allows is in its fields.
struct Dc09Frame {
    CrcForm crcForm = CrcForm::Ascii;
    std::string token = {};                    ///< "SIA-DCS", "ADM-CID", "NULL", "ACK", ...; without the star
    bool encrypted = false;                    ///< the star
    std::string sequence = {};                 ///< four digits, "0000" too
    std::optional<std::string> receiver = {};  ///< what follows R; some panels send none, and none may be answered then
    std::optional<std::string> line = {};      ///< what follows L: empty from some panels, missing from others
    std::optional<std::string> account = {};   ///< what follows #; may stand in the data alone
    std::string content = {};                  ///< all behind the opening bracket, encrypted or not
    std::string raw = {};                      ///< the bytes as they came, whole; empty in one that was made here
};

/// The longest body that the length field can tell.
inline constexpr std::size_t longestDc09Body = 0xFFF;
/// A line feed, the check as digits, the length, the body and a carriage return.
inline constexpr std::size_t longestDc09Frame = 1 + 4 + 4 + longestDc09Body + 1;

/// Reads header and content; `body` is what check and length cover. Error: InvalidInput, with the field.
[[nodiscard]] base::Result<Dc09Frame> parseDc09Body(std::string_view body, CrcForm form);

/// The whole frame with line feed, check, length and carriage return.
[[nodiscard]] std::string encodeDc09(const Dc09Frame& frame);
[[nodiscard]] std::string dc09BodyOf(const Dc09Frame& frame);

}  // namespace leedswatch::alarm
