#pragma once

#include <QColor>

// The colours of the console, named by meaning. Dark, because the room is; contrast of text on panel is at least 7:1.
// Red is for alarms and for what is lost, green for nothing but LIVE: a colour never means two things.

namespace leedswatch::ui::palette {

inline constexpr QColor window{0x12, 0x15, 0x18};  ///< behind everything; the wall's gaps
inline constexpr QColor panel{0x1a, 0x1e, 0x22};   ///< side panels, tool bars
inline constexpr QColor raised{0x25, 0x2a, 0x30};  ///< fields, buttons, the header of a table
inline constexpr QColor hover{0x2e, 0x35, 0x3c};
inline constexpr QColor line{0x3a, 0x42, 0x4a};  ///< separators and borders
inline constexpr QColor text{0xe8, 0xeb, 0xee};
inline constexpr QColor textDim{0xa3, 0xad, 0xb6};  ///< secondary text
inline constexpr QColor accent{0x4d, 0xa3, 0xff};   ///< selection, focus, the marked range
inline constexpr QColor live{0x3f, 0xb9, 0x50};
inline constexpr QColor amber{0xf2, 0xa3, 0x3a};  ///< late, frozen, warning
inline constexpr QColor red{0xf0, 0x52, 0x4b};    ///< offline, alarm, gap

inline constexpr QColor replay{0xb3, 0x9d, 0xff};    ///< seconds ago, in a tile that is live otherwise
inline constexpr QColor unmasked{0xff, 0x7a, 0xc6};  ///< privacy zones are lifted

inline constexpr QColor found{0x3f, 0xd6, 0xc8};  ///< what a search for motion looked at, and what it found

// On the still on which motion zones are drawn, where neither is a state.
inline constexpr QColor zoneCounts{0x5c, 0xe0, 0x8f};   ///< what moves there counts
inline constexpr QColor zoneIgnored{0xff, 0x6b, 0x5e};  ///< what moves there does not

}  // namespace leedswatch::ui::palette
