#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace leedswatch::ui {

class MainWindow;

/// Saves what the operator would see once every camera on the wall is live, or when half a minute at the desk is over;
/// then ends the program: 0 if anything was live, else 1 and a sentence on standard error.
class Screenshot final : public QObject {
    Q_OBJECT

public:
    Screenshot(MainWindow& window, QString file, QObject* parent = nullptr);

private:
    void look();
    void finish();

    MainWindow& m_window;
    const QString m_file;
    QTimer m_timer;
    int m_looks = 0;
    int m_looksAtDesk = 0;
    int m_looksAllLive = 0;
};

}  // namespace leedswatch::ui
