#pragma once

#include <QString>
#include <utility>
#include <vector>

class QLineEdit;
class QWidget;

namespace leedswatch::ui {

/// Fields one under the other with their names, as the one field of a dialog. The first gets the keyboard.
[[nodiscard]] QWidget* makeForm(const std::vector<std::pair<QString, QWidget*>>& fields);
[[nodiscard]] QLineEdit* makeLine(const char* name, const QString& hint, int longest = 1'000);

}  // namespace leedswatch::ui
