import time
def test_x(house, production, bare):
    t=time.process_time()
    for n in range(50):
        a=house.get('bo','/applications')
    print('app', (time.process_time()-t)/50, a.status, a.location)
    for w in ['kim','visitor','closed','halfway','newcomer','former']:
        a=house.get(w,'/admin'); print(w,a.status,a.location)
        a=production.get(w,'/admin'); print(w,a.status,a.location)
        a=bare.get(w,'/applications'); print(w,a.status,a.location)
    t=time.process_time()
    a=house.post('bo','/logout',{}); print(a.status, a.headers, house.events(), house.changes())
    house.put_back(); print(time.process_time()-t, house.events())
