#include "ui/shell/keys_dialog.h"

#include "ui/common/theme.h"
#include "ui/shell/keys.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

QStringList keysOf(const KeyBinding& binding) {
    if (!binding.keyWords.isEmpty()) {
        return {binding.keyWords};
    }
    QStringList keys;
    for (const QKeySequence& sequence : binding.keys) {
        keys.append(
            sequence.toString(QKeySequence::NativeText).replace(QStringLiteral("Return"), QStringLiteral("Enter")));
    }
    return keys;
}

QWidget* makeKeyCaps(const QStringList& keys, QWidget* parent) {
    auto* caps = new QWidget{parent};
    auto* layout = new QHBoxLayout{caps};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addStretch();
    for (const QString& key : keys) {
        auto* cap = new QLabel{key, caps};
        cap->setObjectName(QStringLiteral("keyCap"));
        layout->addWidget(cap);
    }
    return caps;
}

QWidget* makeGroup(const QString& group, QWidget* parent) {
    auto* area = new QWidget{parent};
    auto* grid = new QGridLayout{area};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    auto* title = new QLabel{group, area};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const KeyBinding& binding : keyBindings()) {
        if (binding.group == group) {
            grid->addWidget(new QLabel{binding.what, area}, row, 0);
            grid->addWidget(makeKeyCaps(keysOf(binding), area), row, 1);
            ++row;
        }
    }
    grid->setRowStretch(row, 1);
    return area;
}

}  // namespace

KeysDialog::KeysDialog(QWidget* parent) : QDialog{parent} {
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(QStringLiteral("Keys"));
    auto* heading = new QLabel{QStringLiteral("Keys"), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* hint = new QLabel{QStringLiteral("F10 shows this sheet, Esc closes it."), this};
    theme::setLabelKind(*hint, theme::LabelKind::Dim);
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    connect(close, &QPushButton::clicked, this, &QDialog::accept);

    QStringList groups;
    for (const KeyBinding& binding : keyBindings()) {
        if (!groups.contains(binding.group)) {
            groups.append(binding.group);
        }
    }
    auto* columns = new QGridLayout;
    columns->setHorizontalSpacing(56);
    columns->setVerticalSpacing(32);
    for (int i = 0; i < groups.size(); ++i) {
        columns->addWidget(makeGroup(groups.at(i), this), i / 2, i % 2);
        columns->setColumnMinimumWidth(i % 2, 340);
    }
    auto* foot = new QHBoxLayout;
    foot->addWidget(hint);
    foot->addStretch();
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(40, 32, 40, 24);
    layout->setSpacing(24);
    layout->addWidget(heading);
    layout->addLayout(columns);
    layout->addLayout(foot);
}

}  // namespace leedswatch::ui
