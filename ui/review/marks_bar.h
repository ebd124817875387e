#pragma once

#include "ui/review/timeline_view.h"

#include <QWidget>

class QLabel;

namespace leedswatch::ui {

class ReviewCommands;

/// At the foot of the page: the commands that mark a clip, what is marked, and the way to the export.
class MarksBar final : public QWidget {
    Q_OBJECT

public:
    MarksBar(const ReviewCommands& commands, QWidget* parent);

    void showMarks(const Marks& marks);

private:
    const ReviewCommands& m_commands;
    QLabel* m_marks;
};

}  // namespace leedswatch::ui
