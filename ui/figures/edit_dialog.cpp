#include "ui/figures/edit_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/figures/from_field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

EditDialog::EditDialog(ConsoleContext& context, const Words& words, int mostRows, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_mostRows{mostRows},
      m_top{new QVBoxLayout},
      m_middle{new QVBoxLayout},
      m_add{new QPushButton{words.add, this}},
      m_from{new FromField{this}},
      m_history{theme::makeText(theme::LabelKind::Hint, this)},
      m_answer{theme::makeText(theme::LabelKind::Refusal, this)},
      m_save{new QPushButton{QStringLiteral("Save"), this}},
      m_worker{*this} {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(words.title);
    m_add->setObjectName(QStringLiteral("addRowPushButton"));
    m_add->setAutoDefault(false);
    m_save->setObjectName(QStringLiteral("savePushButton"));
    m_save->setDefault(true);
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    m_history->setObjectName(QStringLiteral("historyLabel"));
    m_answer->setObjectName(QStringLiteral("answerLabel"));
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setAutoDefault(false);
    auto* fromLabel = new QLabel{QStringLiteral("Holds &from"), this};
    fromLabel->setBuddy(m_from);
    auto* from = new QHBoxLayout;
    from->setSpacing(8);
    from->addWidget(m_add);
    from->addStretch();
    from->addWidget(fromLabel);
    from->addWidget(m_from);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_save);
    m_top->setSpacing(8);
    m_middle->setSpacing(8);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 24, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(theme::makeText(theme::LabelKind::Title, this, words.title));
    layout->addWidget(theme::makeText(theme::LabelKind::Dim, this, words.explanation));
    layout->addLayout(m_top);
    layout->addLayout(m_middle);
    layout->addLayout(from);
    layout->addWidget(m_history);
    layout->addWidget(m_answer);
    layout->addStretch();
    layout->addLayout(buttons);
    setMinimumWidth(600);
    connect(m_add, &QPushButton::clicked, this, [this] {
        const auto fields = addRow();
        fields.front()->setFocus();
    });
    connect(m_save, &QPushButton::clicked, this, &EditDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

EditDialog::~EditDialog() = default;

void EditDialog::setHistory(const QString& text) {
    m_history->setText(text);
    fit();
}

void EditDialog::fit() {
    // Once all that changes at the same time has changed. A dialog does not grow by itself with texts that are broken
    // into lines.
    QTimer::singleShot(0, this, [this] {
        layout()->activate();
        const int wanted = layout()->heightForWidth(width());
        setMinimumHeight(wanted);
        resize(width(), wanted);
    });
}

void EditDialog::clearRows() {
    for (const Row& row : m_rows) {
        delete row.box;
    }
    m_rows.clear();
    showRowButtons();
}

std::vector<QWidget*> EditDialog::addRow() {
    Row row{new QWidget{this}, makeRow(++m_made), nullptr};
    row.remove = new QPushButton{QStringLiteral("Remove"), row.box};
    row.remove->setObjectName(QStringLiteral("removeRowPushButton%1").arg(m_made));
    row.remove->setAutoDefault(false);
    row.box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout{row.box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* field : row.fields) {
        layout->addWidget(field);
    }
    layout->addStretch();
    layout->addWidget(row.remove);
    connect(row.remove, &QPushButton::clicked, this, [this, box = row.box] { removeRow(box); });
    QWidget* const before = m_rows.empty() ? nullptr : m_rows.back().remove;
    m_middle->addWidget(row.box);
    m_rows.push_back(row);
    if (before != nullptr) {
        setTabOrder(before, row.fields.front());
    }
    showRowButtons();
    return row.fields;
}

void EditDialog::removeRow(QWidget* first) {
    const auto found = std::ranges::find(m_rows, first, &Row::box);
    if (found == m_rows.end()) {
        return;
    }
    found->box->hide();
    found->box->deleteLater();
    m_rows.erase(found);
    showRowButtons();
    m_add->setFocus();
}

void EditDialog::showRowButtons() {
    m_add->setEnabled(rowCount() < m_mostRows);
    fit();
}

QWidget* EditDialog::field(int row, int column) const {
    return m_rows[static_cast<std::size_t>(row)].fields[static_cast<std::size_t>(column)];
}

void EditDialog::save() {
    const auto from = m_from->time(m_context.clock.now());
    if (!from) {
        take(base::fail(from.error()));
        return;
    }
    auto work = prepare(*from);
    if (!work) {
        take(base::fail(work.error()));
        return;
    }
    m_save->setEnabled(false);
    m_worker.run(std::move(*work), [this](const base::Result<void>& saved) { take(saved); });
}

void EditDialog::take(const base::Result<void>& saved) {
    m_save->setEnabled(true);
    if (saved) {
        theme::setLabelKind(*m_answer, theme::LabelKind::Body);
        m_answer->setText(QStringLiteral("✓ Saved."));
        fit();
    } else {
        tell(saved.error());
    }
    Q_EMIT answered(saved.has_value());
}

void EditDialog::tell(const base::Error& error) {
    theme::setLabelKind(*m_answer, theme::LabelKind::Refusal);
    m_answer->setText(sentenceOf(error));
    fit();
}

}  // namespace leedswatch::ui
