#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QStackedWidget;

namespace leedswatch::ui {

/// The left of the desk: the lists from which the wall is filled, one shown at a time, chosen by the buttons over them.
class SidePanel final : public QWidget {
    Q_OBJECT

public:
    explicit SidePanel(QWidget* parent);

    /// Takes the list over. One list alone needs no button.
    void addList(QWidget* list, const QString& title, const QString& toolTip);
    void showList(QWidget* list);

private:
    QWidget* m_bar;
    QHBoxLayout* m_barLayout;
    QButtonGroup* m_buttons;
    QStackedWidget* m_lists;
};

}  // namespace leedswatch::ui
