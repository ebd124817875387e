#pragma once

#include <QString>
#include <initializer_list>

class QAction;
class QLabel;
class QPushButton;
class QWidget;

namespace leedswatch::ui {

// Parts that the pages in the middle of the desk are laid out of.

inline constexpr int pageMargins = 16;

/// A button that is enabled, and called, as its action is.
[[nodiscard]] QPushButton* makeBarButton(QAction& action, QWidget* parent);
/// Such buttons side by side.
[[nodiscard]] QWidget* makeBar(std::initializer_list<QAction*> actions, QWidget* parent);
/// A title with counts at its right.
[[nodiscard]] QWidget* makeSectionHead(const QString& title, QLabel* counts, QWidget* parent);
/// What stands in the place of a list that has no rows. Hidden at first.
[[nodiscard]] QLabel* makeEmptyText(const char* name, const QString& text, QWidget* parent);

}  // namespace leedswatch::ui
