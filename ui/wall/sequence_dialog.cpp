#include "ui/wall/sequence_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <utility>

namespace leedswatch::ui {

namespace {

enum Column { NumberColumn, NameColumn, DwellColumn, ColumnCount };
constexpr int idRole = Qt::UserRole + 1;

QSpinBox* makeDwell(int seconds, QWidget* parent) {
    auto* spin = new QSpinBox{parent};
    spin->setRange(static_cast<int>(estate::shortestDwell.count()), static_cast<int>(estate::longestDwell.count()));
    spin->setSuffix(QStringLiteral(" s"));
    spin->setValue(seconds);
    spin->setAccessibleName(QStringLiteral("Shown for"));
    return spin;
}

QPushButton* makeButton(const QString& text, QWidget* parent) {
    auto* button = new QPushButton{text, parent};
    button->setAutoDefault(false);
    return button;
}

}  // namespace

std::optional<std::vector<int>> cameraNumbersOf(const QString& text) {
    static const QRegularExpression part{QStringLiteral("^(\\d{1,5})(?:-(\\d{1,5}))?$")};
    static const QRegularExpression between{QStringLiteral("[\\s,;]+")};
    std::vector<int> numbers;
    const QStringList words = text.split(between, Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const auto match = part.match(word);
        if (!match.hasMatch()) {
            return std::nullopt;
        }
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        if (last < first || numbers.size() + static_cast<std::size_t>(last - first) >= estate::mostSequenceSteps) {
            return std::nullopt;
        }
        for (int number = first; number <= last; ++number) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

SequenceDialog::SequenceDialog(Lookup lookup, QWidget* parent)
    : QDialog{parent},
      m_lookup{std::move(lookup)},
      m_name{new QLineEdit{this}},
      m_isShared{new QCheckBox{QStringLiteral("Shared with the whole room"), this}},
      m_numbers{new QLineEdit{this}},
      m_dwell{makeDwell(10, this)},
      m_addWall{makeButton(QStringLiteral("Add the cameras of the wall"), this)},
      m_steps{new QTableWidget{0, ColumnCount, this}},
      m_up{makeButton(QStringLiteral("Up"), this)},
      m_down{makeButton(QStringLiteral("Down"), this)},
      m_remove{makeButton(QStringLiteral("Remove"), this)},
      m_passesOver{new QCheckBox{QStringLiteral("Pass over cameras that are not live"), this}},
      m_problem{new QLabel{this}},
      m_confirm{new QPushButton{QStringLiteral("Save"), this}} {
    setObjectName(QStringLiteral("sequenceDialog"));
    setWindowTitle(QStringLiteral("Sequence"));
    m_name->setObjectName(QStringLiteral("nameLineEdit"));
    m_name->setPlaceholderText(QStringLiteral("Name"));
    m_name->setMaxLength(60);
    m_isShared->setObjectName(QStringLiteral("sharedCheckBox"));
    m_numbers->setObjectName(QStringLiteral("numbersLineEdit"));
    m_numbers->setPlaceholderText(QStringLiteral("Camera numbers, then Enter: 12 14 20-23"));
    m_steps->setObjectName(QStringLiteral("stepsTableWidget"));
    m_passesOver->setObjectName(QStringLiteral("passesOverCheckBox"));
    m_confirm->setObjectName(QStringLiteral("confirmPushButton"));
    m_problem->setObjectName(QStringLiteral("problemLabel"));
    m_problem->setWordWrap(true);
    theme::setLabelKind(*m_problem, theme::LabelKind::Refusal);
    theme::setButtonKind(*m_confirm, theme::ButtonKind::Primary);
    m_confirm->setAutoDefault(false);
    setMayShare(false);
    makeRows();
    layOut();
    connectAll();
    look();
    m_name->setFocus();
}

void SequenceDialog::makeRows() {
    m_steps->setHorizontalHeaderLabels({QStringLiteral("No."), QStringLiteral("Camera"), QStringLiteral("Shown for")});
    m_steps->verticalHeader()->hide();
    m_steps->verticalHeader()->setDefaultSectionSize(36);
    m_steps->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_steps->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_steps->setColumnWidth(NumberColumn, 72);
    m_steps->setColumnWidth(DwellColumn, 120);
    m_steps->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_steps->setSelectionMode(QAbstractItemView::SingleSelection);
    m_steps->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_steps->setShowGrid(false);
    m_steps->setMinimumHeight(260);
}

void SequenceDialog::layOut() {
    auto* heading = new QLabel{QStringLiteral("Sequence"), this};
    theme::setLabelKind(*heading, theme::LabelKind::Title);
    auto* add = new QHBoxLayout;
    add->addWidget(m_numbers, 1);
    add->addWidget(new QLabel{QStringLiteral("for"), this});
    add->addWidget(m_dwell);
    auto* rows = new QHBoxLayout;
    rows->addWidget(m_addWall);
    rows->addStretch();
    rows->addWidget(m_up);
    rows->addWidget(m_down);
    rows->addWidget(m_remove);
    auto* cancel = makeButton(QStringLiteral("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_confirm);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 24, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(m_name);
    layout->addLayout(add);
    layout->addWidget(m_steps, 1);
    layout->addLayout(rows);
    layout->addWidget(m_passesOver);
    layout->addWidget(m_isShared);
    layout->addWidget(m_problem);
    layout->addLayout(foot);
    setMinimumWidth(600);
    const QList<QWidget*> order{m_name, m_numbers, m_dwell,      m_steps,    m_addWall, m_up,
                                m_down, m_remove,  m_passesOver, m_isShared, cancel,    m_confirm};
    for (qsizetype i = 1; i < order.size(); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
}

void SequenceDialog::connectAll() {
    connect(m_numbers, &QLineEdit::returnPressed, this, &SequenceDialog::addTyped);
    connect(m_name, &QLineEdit::textChanged, this, &SequenceDialog::look);
    connect(m_steps, &QTableWidget::itemSelectionChanged, this, &SequenceDialog::look);
    connect(m_up, &QPushButton::clicked, this, [this] { moveRow(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveRow(1); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_steps->removeRow(m_steps->currentRow());
        look();
    });
    connect(m_addWall, &QPushButton::clicked, this, [this] {
        for (const int number : m_wall) {
            if (const auto found = m_lookup(number)) {
                addStep(found->camera, found->name, std::chrono::seconds{m_dwell->value()});
            }
        }
        look();
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        m_confirm->setEnabled(false);
        Q_EMIT confirmed(m_name->text(), m_isShared->isChecked(), content());
    });
}

void SequenceDialog::setSequence(const QString& name, const estate::SequenceContent& content) {
    m_name->setText(name);
    m_name->setReadOnly(true);
    m_isShared->hide();
    m_passesOver->setChecked(content.passesOverOffline);
    for (const auto& step : content.steps) {
        const auto found = m_lookup(step.camera.number);
        const bool isSame = found && found->camera == step.camera;
        addStep(step.camera, isSame ? found->name : QStringLiteral("no longer in the estate"), step.dwell);
    }
    look();
}

void SequenceDialog::setMayShare(bool mayShare) {
    m_isShared->setEnabled(mayShare);
    m_isShared->setToolTip(mayShare ? QString{} : QStringLiteral("Only supervisors share with the room"));
}

void SequenceDialog::setWall(const std::vector<int>& numbers) {
    m_wall = numbers;
    m_addWall->setEnabled(!numbers.empty());
}

void SequenceDialog::showProblem(const QString& sentence) {
    look();
    m_problem->setText(sentence);
}

void SequenceDialog::addTyped() {
    const auto numbers = cameraNumbersOf(m_numbers->text());
    if (!numbers) {
        showProblem(QStringLiteral("Type camera numbers with spaces between them: 12 14 20-23"));
        return;
    }
    QStringList unknown;
    std::vector<Named> cameras;
    for (const int number : *numbers) {
        if (auto found = m_lookup(number)) {
            cameras.push_back(std::move(*found));
        } else {
            unknown.append(QString::number(number));
        }
    }
    if (!unknown.isEmpty()) {
        showProblem(QStringLiteral("There is no camera %1.").arg(unknown.join(QStringLiteral(", "))));
        return;
    }
    for (const Named& camera : cameras) {
        addStep(camera.camera, camera.name, std::chrono::seconds{m_dwell->value()});
    }
    m_numbers->clear();
    look();
}

void SequenceDialog::addStep(const estate::CameraRef& camera, const QString& name, std::chrono::seconds dwell) {
    const int row = m_steps->rowCount();
    m_steps->insertRow(row);
    auto* number = new QTableWidgetItem{QString::number(camera.number)};
    number->setData(idRole, QVariant::fromValue<qlonglong>(camera.id.value()));
    m_steps->setItem(row, NumberColumn, number);
    m_steps->setItem(row, NameColumn, new QTableWidgetItem{name});
    m_steps->setCellWidget(row, DwellColumn, makeDwell(static_cast<int>(dwell.count()), m_steps));
}

void SequenceDialog::moveRow(int by) {
    const int row = m_steps->currentRow();
    const int other = row + by;
    if (row < 0 || other < 0 || other >= m_steps->rowCount()) {
        return;
    }
    for (const int column : {NumberColumn, NameColumn}) {
        auto* here = m_steps->takeItem(row, column);
        m_steps->setItem(row, column, m_steps->takeItem(other, column));
        m_steps->setItem(other, column, here);
    }
    auto* here = qobject_cast<QSpinBox*>(m_steps->cellWidget(row, DwellColumn));
    auto* there = qobject_cast<QSpinBox*>(m_steps->cellWidget(other, DwellColumn));
    const int seconds = here->value();
    here->setValue(there->value());
    there->setValue(seconds);
    m_steps->setCurrentCell(other, NumberColumn);
}

estate::SequenceContent SequenceDialog::content() const {
    estate::SequenceContent content;
    for (int row = 0; row < m_steps->rowCount(); ++row) {
        const auto* number = m_steps->item(row, NumberColumn);
        const auto* dwell = qobject_cast<const QSpinBox*>(m_steps->cellWidget(row, DwellColumn));
        content.steps.push_back({{estate::CameraId{number->data(idRole).toLongLong()}, number->text().toInt()},
                                 std::chrono::seconds{dwell->value()}});
    }
    content.passesOverOffline = m_passesOver->isChecked();
    return content;
}

void SequenceDialog::look() {
    const int row = m_steps->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_steps->rowCount());
    m_remove->setEnabled(row >= 0);
    m_confirm->setEnabled(!m_name->text().trimmed().isEmpty() && m_steps->rowCount() > 0);
    m_problem->clear();
}

}  // namespace leedswatch::ui
