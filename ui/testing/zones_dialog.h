#pragma once

#include "estate/alarm_zones.h"
#include "estate/premises_search.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QDialog>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace leedswatch::ui {

class PlainRows;

/// The zones of premises: a list, and a line in which one is added or changed. Closes with Esc.
class ZonesDialog final : public QDialog {
    Q_OBJECT

public:
    ZonesDialog(ConsoleContext& context, estate::PremisesId premises, const QString& place, QWidget* parent);

private:
    void makeFields();
    void read();
    void show(const std::vector<estate::AlarmZone>& zones);
    void showChosen();
    void save();
    void remove();
    void tell(const QString& words, bool isProblem);

    ConsoleContext& m_context;
    const estate::PremisesId m_premises;
    std::vector<estate::PanelOfPremises> m_panels;
    std::vector<estate::AlarmZone> m_zones;
    PlainRows* m_model;
    QTableView* m_table;
    QComboBox* m_panel;
    QLineEdit* m_number;
    QLineEdit* m_name;
    QLineEdit* m_area;
    QComboBox* m_kind;
    QPushButton* m_save;
    QPushButton* m_remove;
    QLabel* m_message;
    Worker m_worker;
};

void openZonesDialog(ConsoleContext& context, estate::PremisesId premises, const QString& place, QWidget* parent);

}  // namespace leedswatch::ui
