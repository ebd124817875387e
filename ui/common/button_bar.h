#pragma once

#include <QWidget>
#include <functional>

class QHBoxLayout;
class QPushButton;

namespace leedswatch::ui {

/// What can be done with a list, as a row of buttons below it. The key of each works anywhere in the bar's parent.
class ButtonBar final : public QWidget {
    Q_OBJECT

public:
    explicit ButtonBar(QWidget* parent);

    /// `keys`: as QKeySequence reads them; empty: none of its own.
    QPushButton* add(const char* name, const char* text, const char* keys, const std::function<void()>& does);
    /// What is added from now on stands at the right.
    void addStretch();

private:
    QHBoxLayout* m_layout;
};

}  // namespace leedswatch::ui
