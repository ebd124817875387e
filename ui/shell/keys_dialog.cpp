#include "ui/shell/keys_dialog.h"

#include "ui/common/theme.h"
#include "ui/review/review_commands.h"
#include "ui/shell/keys.h"
#include "ui/wall/tile_commands.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStringList>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

namespace leedswatch::ui {

namespace {

struct KeyLine {
    QString what;
    QStringList keys;
};

struct Group {
    QString title;
    QList<KeyLine> lines;
};

QStringList namesOf(const QList<QKeySequence>& keys) {
    QStringList names;
    for (const QKeySequence& sequence : keys) {
        names.append(
            sequence.toString(QKeySequence::NativeText).replace(QStringLiteral("Return"), QStringLiteral("Enter")));
    }
    return names;
}

/// In the order in which the groups come up.
QList<Group> deskGroups() {
    QList<Group> groups;
    for (const KeyBinding& binding : keyBindings()) {
        if (binding.group.isEmpty()) {
            continue;
        }
        const bool isNew = groups.isEmpty() || groups.last().title != binding.group;
        if (isNew) {
            groups.append({binding.group, {}});
        }
        const QStringList keys = binding.keyWords.isEmpty() ? namesOf(binding.keys) : QStringList{binding.keyWords};
        groups.last().lines.append({binding.what, keys});
    }
    return groups;
}

Group tileGroup() {
    Group group{QStringLiteral("In the selected tile"), {}};
    for (const TileKeys& command : tileKeys()) {
        group.lines.append({command.what, command.keys});
    }
    return group;
}

Group recordingsGroup() {
    Group group{QStringLiteral("Recordings"), {}};
    for (const ReviewKeys& command : reviewKeys()) {
        group.lines.append({command.what, namesOf(command.keys)});
    }
    return group;
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

QWidget* makeGroup(const Group& group, QWidget* parent) {
    auto* area = new QWidget{parent};
    auto* grid = new QGridLayout{area};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    auto* title = new QLabel{group.title, area};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const KeyLine& line : group.lines) {
        grid->addWidget(new QLabel{line.what, area}, row, 0);
        grid->addWidget(makeKeyCaps(line.keys, area), row, 1);
        ++row;
    }
    grid->setRowStretch(row, 1);
    return area;
}

/// As large as the sheet, or as the screen has room for: then one scrolls.
class KeysArea final : public QScrollArea {
public:
    KeysArea(QWidget* sheet, QWidget* parent) : QScrollArea{parent} {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setWidget(sheet);
    }
    [[nodiscard]] QSize sizeHint() const override {
        // What the dialog has around it, and the frame that a window manager gives it.
        constexpr QSize around{80, 170};
        return widget()->sizeHint().boundedTo(screen()->availableSize() - around) + QSize{scrollBarRoom, 0};
    }

private:
    static constexpr int scrollBarRoom = 12;
};

/// The wall's keys and those of a picture in it are a column, the recordings' another; the others share the first.
QHBoxLayout* makeColumns(QWidget* parent) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(48);
    const auto add = [&](const QList<Group>& groups) {
        auto* column = new QVBoxLayout;
        column->setSpacing(24);
        for (const Group& group : groups) {
            column->addWidget(makeGroup(group, parent));
        }
        column->addStretch(1);
        columns->addLayout(column, 1);
    };
    const QList<Group> groups = deskGroups();
    QList<Group> others;
    std::copy_if(groups.begin(), groups.end(), std::back_inserter(others),
                 [](const Group& group) { return group.title != wallKeysTitle(); });
    add(others);
    for (const Group& group : groups) {
        if (group.title == wallKeysTitle()) {
            add({group, tileGroup()});
        }
    }
    add({recordingsGroup()});
    return columns;
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

    auto* foot = new QHBoxLayout;
    foot->addWidget(hint);
    foot->addStretch();
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(32, 24, 32, 20);
    layout->setSpacing(16);
    layout->addWidget(heading);
    auto* sheet = new QWidget;
    auto* columns = makeColumns(sheet);
    columns->setContentsMargins(0, 0, 0, 0);
    sheet->setLayout(columns);
    layout->addWidget(new KeysArea{sheet, this}, 1);
    layout->addLayout(foot);
    // Left to itself, a dialog takes two thirds of the screen at most.
    resize(sizeHint());
}

}  // namespace leedswatch::ui
