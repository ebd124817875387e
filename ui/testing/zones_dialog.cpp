#include "ui/testing/zones_dialog.h"

#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/plain_rows.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

using estate::AlarmZone;

struct ZonesOfPremises {
    std::vector<estate::PanelOfPremises> panels;
    std::vector<AlarmZone> zones;
};

base::Result<ZonesOfPremises> readZones(ConsoleContext& context, estate::PremisesId premises) {
    ZonesOfPremises all;
    TRY_ASSIGN(all.zones, estate::AlarmZones{context.database}.list(context.acting, premises));
    TRY_ASSIGN(all.panels,
               context.database.read([&](soci::session& sql) -> base::Result<std::vector<estate::PanelOfPremises>> {
                   return estate::selectPanelsOfPremises(sql, premises);
               }));
    return base::Result<ZonesOfPremises>{tl::in_place, std::move(all)};
}

QLineEdit* makeZoneField(const char* name, const QString& label, int width, QWidget* parent) {
    auto* field = new QLineEdit{parent};
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(label);
    field->setPlaceholderText(label);
    field->setMaxLength(100);
    field->setMinimumWidth(width);
    return field;
}

}  // namespace

ZonesDialog::ZonesDialog(ConsoleContext& context, estate::PremisesId premises, const QString& place, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_premises{premises},
      m_model{new PlainRows{{QStringLiteral("Zone"), QStringLiteral("Name"), QStringLiteral("Area"),
                             QStringLiteral("Kind"), QStringLiteral("Account"), QStringLiteral("From")},
                            this}},
      m_table{new QTableView{this}},
      m_panel{new QComboBox{this}},
      m_number{makeZoneField("zoneNumberLineEdit", QStringLiteral("Zone"), 70, this)},
      m_name{makeZoneField("zoneNameLineEdit", QStringLiteral("Name"), 160, this)},
      m_area{makeZoneField("zoneAreaLineEdit", QStringLiteral("Area"), 60, this)},
      m_kind{new QComboBox{this}},
      m_save{new QPushButton{QStringLiteral("Save"), this}},
      m_remove{new QPushButton{QStringLiteral("Remove"), this}},
      m_message{theme::makeText(theme::LabelKind::Body, this)},
      m_worker{*this} {
    setObjectName(QStringLiteral("zonesDialog"));
    setWindowTitle(QStringLiteral("Zones of %1").arg(place));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 560);
    m_table->setObjectName(QStringLiteral("zonesTableView"));
    m_table->setAccessibleName(QStringLiteral("Zones"));
    m_table->setModel(m_model);
    makePlainTable(*m_table);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_message->setObjectName(QStringLiteral("zonesMessageLabel"));
    auto* heading = theme::makeText(theme::LabelKind::Heading, this, windowTitle());
    auto* hint = theme::makeText(
        theme::LabelKind::Hint, this,
        QStringLiteral("A zone is the number under which the panel reports a detector. Many at once come from a file: "
                       "leedswatchctl tests zones import."));
    makeFields();
    auto* fields = new QHBoxLayout;
    fields->setSpacing(8);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_number), static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_area),
          static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_panel), static_cast<QWidget*>(m_save)}) {
        fields->addWidget(widget, widget == m_name ? 1 : 0);
    }
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_remove);
    foot->addWidget(m_message, 1);
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(hint);
    layout->addWidget(m_table, 1);
    layout->addLayout(fields);
    layout->addLayout(foot);
    m_number->setFocus();
    read();
}

void ZonesDialog::makeFields() {
    for (const auto kind :
         {estate::ZoneKind::Intruder, estate::ZoneKind::Fire, estate::ZoneKind::HoldUp, estate::ZoneKind::Medical,
          estate::ZoneKind::Technical, estate::ZoneKind::Tamper, estate::ZoneKind::Other}) {
        m_kind->addItem(toQt(estate::titleOf(kind)));
    }
    m_kind->setAccessibleName(QStringLiteral("Kind"));
    m_kind->setObjectName(QStringLiteral("zoneKindComboBox"));
    m_panel->setAccessibleName(QStringLiteral("Account of the panel"));
    m_save->setObjectName(QStringLiteral("zoneSavePushButton"));
    m_save->setDefault(true);
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    m_remove->setObjectName(QStringLiteral("zoneRemovePushButton"));
    m_remove->setAutoDefault(false);
    m_save->setEnabled(access::mayDo(m_context.acting.role, access::Right::AnswerAlarms));
    m_remove->setVisible(access::mayDo(m_context.acting.role, access::Right::PlanAlarmTests));
    connect(m_save, &QPushButton::clicked, this, &ZonesDialog::save);
    connect(m_remove, &QPushButton::clicked, this, &ZonesDialog::remove);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ZonesDialog::showChosen);
}

void ZonesDialog::read() {
    m_worker.run([&context = m_context, premises = m_premises] { return readZones(context, premises); },
                 [this](const base::Result<ZonesOfPremises>& all) {
                     if (!all) {
                         tell(sentenceOf(all.error()), true);
                         return;
                     }
                     m_panels = all->panels;
                     if (m_panel->count() == 0) {
                         for (const estate::PanelOfPremises& panel : m_panels) {
                             m_panel->addItem(toQt(panel.account));
                         }
                         m_panel->setVisible(m_panels.size() > 1);
                     }
                     show(all->zones);
                 });
}

void ZonesDialog::show(const std::vector<AlarmZone>& zones) {
    m_zones = zones;
    std::vector<PlainRow> rows;
    for (const AlarmZone& zone : zones) {
        rows.push_back({zone.id.value(),
                        {toQt(zone.number), toQt(zone.name), toQt(zone.area), toQt(estate::titleOf(zone.kind)),
                         toQt(zone.account), toQt(zone.source)}});
    }
    m_model->setRows(std::move(rows));
    m_remove->setEnabled(!m_zones.empty());
}

void ZonesDialog::showChosen() {
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= static_cast<int>(m_zones.size())) {
        return;
    }
    const AlarmZone& zone = m_zones[static_cast<std::size_t>(row)];
    m_number->setText(toQt(zone.number));
    m_name->setText(toQt(zone.name));
    m_area->setText(toQt(zone.area));
    m_kind->setCurrentIndex(static_cast<int>(zone.kind));
    m_panel->setCurrentText(toQt(zone.account));
}

void ZonesDialog::save() {
    if (m_panels.empty()) {
        tell(QStringLiteral("These premises have no panel whose zones they could be."), true);
        return;
    }
    AlarmZone zone;
    zone.panel = m_panels[static_cast<std::size_t>(std::max(0, m_panel->currentIndex()))].panel;
    zone.number = fromQt(m_number->text().trimmed());
    zone.name = fromQt(m_name->text().trimmed());
    zone.area = fromQt(m_area->text().trimmed());
    zone.kind = static_cast<estate::ZoneKind>(m_kind->currentIndex());
    m_worker.run([&context = m_context, premises = m_premises,
                  zone] { return estate::AlarmZones{context.database}.save(context.acting, premises, zone); },
                 [this](const base::Result<AlarmZone>& saved) {
                     if (!saved) {
                         tell(sentenceOf(saved.error()), true);
                         return;
                     }
                     tell(QStringLiteral("Zone %1 is saved.").arg(toQt(saved->number)), false);
                     m_number->clear();
                     m_name->clear();
                     m_number->setFocus();
                     read();
                 });
}

void ZonesDialog::remove() {
    const auto id = m_model->idOf(m_table->currentIndex());
    if (id == 0) {
        tell(QStringLiteral("Choose the zone in the list first."), true);
        return;
    }
    m_worker.run(
        [&context = m_context, premises = m_premises, id] {
            return estate::AlarmZones{context.database}.remove(context.acting, premises, estate::ZoneId{id});
        },
        [this](const base::Result<void>& removed) {
            tell(removed ? QStringLiteral("Removed.") : sentenceOf(removed.error()), !removed);
            read();
        });
}

void ZonesDialog::tell(const QString& words, bool isProblem) {
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Body);
    m_message->setText(words);
}

void openZonesDialog(ConsoleContext& context, estate::PremisesId premises, const QString& place, QWidget* parent) {
    (new ZonesDialog{context, premises, place, parent})->open();
}

}  // namespace leedswatch::ui
