#pragma once

#include "access/person.h"
#include "base/error.h"

#include <QString>
#include <filesystem>
#include <string>

// From the core's UTF-8 to Qt's text and back, and the operator's words for what the core reports.

namespace leedswatch::ui {

[[nodiscard]] inline QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline std::string fromQt(const QString& text) {
    return text.toStdString();
}

/// A path as Qt's file classes take it.
[[nodiscard]] QString pathText(const std::filesystem::path& path);

/// The error's sentence with a capital and a full stop, and where there is something to do, what.
[[nodiscard]] QString sentenceOf(const base::Error& error);
/// What the person in front of the screen can do about it; empty if nothing beyond the sentence.
[[nodiscard]] QString whatToDo(base::ErrorCode code);

[[nodiscard]] QString roleName(access::Role role);  ///< "Supervisor"
[[nodiscard]] QString initialsOf(const QString& fullName);
/// 1688 as "1,688".
[[nodiscard]] QString withThousands(qsizetype number);

}  // namespace leedswatch::ui
