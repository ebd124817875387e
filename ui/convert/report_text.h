#pragma once

#include <QString>
#include <string>

namespace leedswatch::ui {

/// The report of a conversion, JSON as transcode::toJson() makes it, in the operator's words: HTML of headings and
/// lines. Something that is no report is said to be none.
[[nodiscard]] QString reportAsHtml(const std::string& report);

}  // namespace leedswatch::ui
